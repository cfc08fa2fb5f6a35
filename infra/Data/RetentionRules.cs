using Penstock.Infra.Settings;
using Penstock.Pipelines.Ports;
using Pulumi;
using Pulumi.AzureNative.Storage.Inputs;

namespace Penstock.Infra.Data;

/// <summary>How long blobs are kept, a rule for each container.</summary>
internal static class RetentionRules
{
    // State is overwritten all the time; a version of it is of no use a day later.
    private const int StateVersionDays = 1;

    // The containers' own.
    private const int ContainerRules = 6;

    /// <summary>The rules of the data account.</summary>
    /// <param name="settings">How long things are kept where streams say nothing.</param>
    /// <param name="streams">What single streams say.</param>
    public static InputList<ManagementPolicyRuleArgs> ForData(StorageSettings settings, StreamRetentionRules streams)
    {
        var rules = new InputList<ManagementPolicyRuleArgs>
        {
            Rule(BlobAreas.Raw, settings.SoftDeleteDays, new ManagementPolicyBaseBlobArgs
            {
                TierToCool = Modified(settings.RawCoolAfterDays),
                Delete = Modified(streams.RawDays),
            }),
            Rule(BlobAreas.Quarantine, settings.SoftDeleteDays, new ManagementPolicyBaseBlobArgs { Delete = Modified(streams.QuarantineDays) }),
            Rule(BlobAreas.Ledger, settings.SoftDeleteDays, new ManagementPolicyBaseBlobArgs { Delete = Modified(streams.LedgerDays) }),
            Rule(BlobAreas.Lake, settings.SoftDeleteDays, null),
            // What is current in these two has no age at which it could go: cursors and pipelines.
            Rule(BlobAreas.Config, settings.SoftDeleteDays, null),
            Rule(BlobAreas.State, StateVersionDays, null),
        };
        foreach (ManagementPolicyRuleArgs rule in streams.Rules(StreamRetentionRules.MostRules - ContainerRules))
            rules.Add(rule);
        return rules;
    }

    /// <summary>The streams that have no rule of their own because there are too many: an output of the stack; null if there are none.</summary>
    public static object? LeftToWatch(StreamRetentionRules streams) =>
        streams.LeftToWatch(StreamRetentionRules.MostRules - ContainerRules) is { Count: > 0 } left ? left : null;

    /// <summary>The rule of a container of which only old versions go.</summary>
    public static ManagementPolicyRuleArgs Rule(string container, int versionDays, ManagementPolicyBaseBlobArgs? current)
    {
        var actions = new ManagementPolicyActionArgs
        {
            Version = new ManagementPolicyVersionArgs { Delete = new DateAfterCreationArgs { DaysAfterCreationGreaterThan = versionDays } },
        };
        if (current is not null)
            actions.BaseBlob = current;
        return new ManagementPolicyRuleArgs
        {
            Name = container,
            Type = "Lifecycle",
            Enabled = true,
            Definition = new ManagementPolicyDefinitionArgs
            {
                Filters = new ManagementPolicyFilterArgs { BlobTypes = { "blockBlob" }, PrefixMatch = { container + "/" } },
                Actions = actions,
            },
        };
    }

    /// <summary>So many days after it was written last.</summary>
    public static DateAfterModificationArgs Modified(int days) => new() { DaysAfterModificationGreaterThan = days };
}

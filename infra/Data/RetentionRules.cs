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

    public static InputList<ManagementPolicyRuleArgs> ForData(StorageSettings settings) => new()
    {
        Rule(BlobAreas.Raw, settings.SoftDeleteDays, new ManagementPolicyBaseBlobArgs
        {
            TierToCool = Modified(settings.RawCoolAfterDays),
            Delete = Modified(settings.RawRetentionDays),
        }),
        Rule(BlobAreas.Quarantine, settings.SoftDeleteDays, new ManagementPolicyBaseBlobArgs { Delete = Modified(settings.QuarantineRetentionDays) }),
        Rule(BlobAreas.Ledger, settings.SoftDeleteDays, new ManagementPolicyBaseBlobArgs { Delete = Modified(settings.LedgerRetentionDays) }),
        // What is current in these two has no age at which it could go: cursors and pipelines.
        Rule(BlobAreas.Config, settings.SoftDeleteDays, null),
        Rule(BlobAreas.State, StateVersionDays, null),
    };

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

    private static DateAfterModificationArgs Modified(int days) => new() { DaysAfterModificationGreaterThan = days };
}

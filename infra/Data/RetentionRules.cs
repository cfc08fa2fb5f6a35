using Penstock.Infra.Settings;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Retention;
using Pulumi;
using Pulumi.AzureNative.Storage.Inputs;

namespace Penstock.Infra.Data;

/// <summary>How long blobs are kept, a rule for each container.</summary>
internal static class RetentionRules
{
    // State is overwritten all the time; a version of it is of no use a day later.
    private const int StateVersionDays = 1;

    // A rule has at most 10 prefixes.
    private const int PrefixesARule = 10;

    public static InputList<ManagementPolicyRuleArgs> ForData(StorageSettings settings, IReadOnlyList<Pipeline> pipelines)
    {
        var rules = new InputList<ManagementPolicyRuleArgs>();
        int raw = Layer(rules, BlobAreas.Raw, "", settings.RawRetentionDays, pipelines, stream => stream.Retention.Raw);
        int quarantine = Layer(rules, BlobAreas.Quarantine, "", settings.QuarantineRetentionDays, pipelines, stream => stream.Retention.Quarantine);
        int ledger = Layer(rules, BlobAreas.Ledger, "transforms/", settings.LedgerRetentionDays, pipelines, stream => stream.Retention.Ledger);
        rules.Add(Rule(BlobAreas.Raw, settings.SoftDeleteDays, new ManagementPolicyBaseBlobArgs { TierToCool = Modified(settings.RawCoolAfterDays), Delete = Modified(raw) }));
        rules.Add(Rule(BlobAreas.Quarantine, settings.SoftDeleteDays, new ManagementPolicyBaseBlobArgs { Delete = Modified(quarantine) }));
        rules.Add(Rule(BlobAreas.Ledger, settings.SoftDeleteDays, new ManagementPolicyBaseBlobArgs { Delete = Modified(ledger) }));
        // What is current in these two has no age at which it could go: cursors and pipelines.
        rules.Add(Rule(BlobAreas.Config, settings.SoftDeleteDays, null));
        rules.Add(Rule(BlobAreas.State, StateVersionDays, null));
        return rules;
    }

    // A rule can't say "all but": the container's lets everything live as long as the longest, and the others have rules of their own.
    private static int Layer(
        InputList<ManagementPolicyRuleArgs> rules, string area, string folder, int days, IReadOnlyList<Pipeline> pipelines, Func<PipelineStream, RetentionPeriod?> period)
    {
        var streams = pipelines.SelectMany(pipeline => pipeline.Streams.Select(stream =>
            (Prefix: $"{area}/{folder}{BlobNames.Segment(pipeline.Name)}/{BlobNames.Segment(stream.Name)}/", Days: period(stream)?.Days ?? days))).ToList();
        int longest = streams.Select(stream => stream.Days).Append(days).Max();
        foreach (var group in streams.Where(stream => stream.Days < longest).GroupBy(stream => stream.Days).OrderBy(group => group.Key))
        {
            int part = 1;
            foreach ((string Prefix, int Days)[] some in group.Chunk(PrefixesARule))
            {
                rules.Add(new ManagementPolicyRuleArgs
                {
                    Name = $"{area}-{group.Key}-days-{part++}",
                    Type = "Lifecycle",
                    Enabled = true,
                    Definition = new ManagementPolicyDefinitionArgs
                    {
                        Filters = new ManagementPolicyFilterArgs { BlobTypes = { "blockBlob" }, PrefixMatch = some.Select(stream => stream.Prefix).ToArray() },
                        Actions = new ManagementPolicyActionArgs { BaseBlob = new ManagementPolicyBaseBlobArgs { Delete = Modified(group.Key) } },
                    },
                });
            }
        }

        return longest;
    }

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

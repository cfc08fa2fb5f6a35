using System.Globalization;
using Penstock.Infra.Settings;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Retention;
using Pulumi.AzureNative.Storage.Inputs;

namespace Penstock.Infra.Data;

/// <summary>
/// How long the blobs of single streams are kept, out of the <c>retention</c> of their pipelines. A rule can't say "all but": a
/// container's rule lets everything live as long as the longest, and streams that keep less have rules of their own. Watch deletes
/// what is too old by the minute; the rules see to it that it goes even if Watch doesn't run.
/// </summary>
internal sealed class StreamRetentionRules
{
    /// <summary>The most rules that Azure takes in the policy of an account.</summary>
    public const int MostRules = 100;

    // A rule has at most so many prefixes.
    private const int PrefixesARule = 10;

    // Raw that was never transformed isn't taken by Watch: its owner has this time to see to it.
    private const int RawGraceDays = 7;

    private readonly List<StreamRule> _rules = [];

    public StreamRetentionRules(StorageSettings settings, IReadOnlyList<Pipeline> pipelines)
    {
        RawDays = Layer(BlobAreas.Raw, "", settings.RawRetentionDays, RawGraceDays, pipelines, stream => stream.Retention.Raw);
        QuarantineDays = Layer(BlobAreas.Quarantine, "", settings.QuarantineRetentionDays, 0, pipelines, stream => stream.Retention.Quarantine);
        // What analysts read has no age at which it goes, unless its stream says one.
        Layer(BlobAreas.Lake, "", int.MaxValue, 0, pipelines, stream => stream.Retention.Lake);
        LedgerDays = Layer(BlobAreas.Ledger, "transforms/", settings.LedgerRetentionDays, 0, pipelines, stream => stream.Retention.Ledger);
    }

    /// <summary>How long the container of raw blobs keeps the stream that keeps them longest.</summary>
    public int RawDays { get; }

    /// <summary>How long the container of quarantined records keeps the stream that keeps them longest.</summary>
    public int QuarantineDays { get; }

    /// <summary>How long the container of the ledger keeps the stream that keeps it longest.</summary>
    public int LedgerDays { get; }

    /// <summary>The rules of the streams, the shortest time first.</summary>
    /// <param name="most">How many there may be.</param>
    public IEnumerable<ManagementPolicyRuleArgs> Rules(int most) => Ordered.Take(most).Select(rule => rule.Args());

    /// <summary>The streams, as <c>area/pipeline/stream</c>, for which there is no room: Watch alone deletes what they keep no longer.</summary>
    /// <param name="most">How many rules there may be.</param>
    public IReadOnlyList<string> LeftToWatch(int most) => [.. Ordered.Skip(most).SelectMany(rule => rule.Prefixes).Select(prefix => prefix.TrimEnd('/')).Order(StringComparer.Ordinal)];

    private IEnumerable<StreamRule> Ordered => _rules.OrderBy(rule => rule.Days).ThenBy(rule => rule.Name, StringComparer.Ordinal);

    private int Layer(string area, string folder, int days, int grace, IReadOnlyList<Pipeline> pipelines, Func<PipelineStream, RetentionPeriod?> period)
    {
        (string Prefix, int Days)[] streams = [.. pipelines.SelectMany(pipeline => pipeline.Streams.Select(stream =>
            ($"{area}/{folder}{BlobNames.Segment(pipeline.Name)}/{BlobNames.Segment(stream.Name)}/", period(stream) is { } own ? own.Days + grace : days)))];
        int longest = streams.Select(stream => stream.Days).Append(days).Max();
        foreach (IGrouping<int, (string Prefix, int Days)> group in streams.Where(stream => stream.Days < longest).GroupBy(stream => stream.Days))
        {
            foreach ((int part, (string Prefix, int Days)[] some) in group.Chunk(PrefixesARule).Index())
                _rules.Add(new StreamRule(string.Create(CultureInfo.InvariantCulture, $"{area}-{group.Key}-days-{part + 1}"), group.Key, [.. some.Select(stream => stream.Prefix)]));
        }

        return longest;
    }

    private sealed record StreamRule(string Name, int Days, IReadOnlyList<string> Prefixes)
    {
        public ManagementPolicyRuleArgs Args()
        {
            var filters = new ManagementPolicyFilterArgs { BlobTypes = { "blockBlob" } };
            foreach (string prefix in Prefixes)
                filters.PrefixMatch.Add(prefix);
            return new ManagementPolicyRuleArgs
            {
                Name = Name,
                Type = "Lifecycle",
                Enabled = true,
                Definition = new ManagementPolicyDefinitionArgs
                {
                    Filters = filters,
                    Actions = new ManagementPolicyActionArgs { BaseBlob = new ManagementPolicyBaseBlobArgs { Delete = RetentionRules.Modified(Days) } },
                },
            };
        }
    }
}

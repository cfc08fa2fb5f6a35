using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Retention;

namespace Penstock.Pipelines.Auditing;

/// <summary>What checks of one stream share.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Options">How it is audited.</param>
/// <param name="Now">When the audit began.</param>
/// <param name="Counts">Counts what is looked at.</param>
internal sealed record AuditedStream(Pipeline Pipeline, PipelineStream Stream, AuditOptions Options, DateTimeOffset Now, AuditCounts Counts)
{
    /// <summary>The stream's name for people.</summary>
    public string Name => $"{Pipeline.Name}/{Stream.Name}";

    /// <summary>Whether a raw blob is older than the stream keeps raw: that it is gone is no loss.</summary>
    public bool IsRawKeptNoLonger(string rawBlob) => IsOlder(rawBlob, Stream.Retention.Raw);

    /// <summary>Whether a raw blob is older than the stream keeps its entry in the ledger.</summary>
    public bool IsEntryKeptNoLonger(string rawBlob) => IsOlder(rawBlob, Stream.Retention.Ledger);

    /// <summary>Whether something has been so for longer than work takes.</summary>
    public bool IsOld(DateTimeOffset since) => since < Now - Options.Grace;

    private bool IsOlder(string rawBlob, RetentionPeriod? kept) => kept is not null && RawNames.TakenAt(rawBlob) < kept.Before(Now);
}

using Penstock.Pipelines.Definitions;

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

    /// <summary>Whether something has been so for longer than work takes.</summary>
    public bool IsOld(DateTimeOffset since) => since < Now - Options.Grace;
}

using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Telemetry;
using Penstock.Pipelines.Watching.Figures;

namespace Penstock.Pipelines.Watching;

/// <summary>Alerts when a stream's data is older than its pipeline, or else its contract (freshness, latency), promises.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="ledger">What happened.</param>
/// <param name="histories">What came when, for pushed streams.</param>
/// <param name="alerting">Where alerts go.</param>
/// <param name="time">The clock.</param>
public sealed class FreshnessMonitor(IPipelineCatalog catalog, RunLedger ledger, FigureBook histories, Alerting alerting, TimeProvider time)
    : StreamMonitor(catalog, alerting)
{
    /// <inheritdoc/>
    protected override string Kind => "freshness";

    /// <inheritdoc/>
    protected override async ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        if ((stream.Freshness ?? (stream.Reception is null ? stream.Contract?.Freshness : null)) is not { } promised)
            return null;
        StreamDocument? known = stream.Reception is null ? await ledger.FindStreamAsync(pipeline.Name, stream.Name, cancellationToken) : null;
        // A stream that was never complete is late from its first due time on.
        DateTimeOffset? freshUntil = stream.Reception is null
            ? known?.FreshUntil ?? known?.ActiveSince ?? known?.LastDue
            : (await histories.FindAsync(pipeline.Name, stream.Name, cancellationToken))?.ReadUntil;
        if (time.GetUtcNow() - freshUntil is not { } age)
            return null;
        Instruments.Fresh(pipeline.Name, stream.Name, age, promised);
        if (age <= promised)
            return null;
        string where = (known?.ActiveRun ?? known?.LastRun) is { } run ? $" See the run '{run}'." : "";
        return new Problem("error", $"The newest complete data is {age:d\\.hh\\:mm\\:ss} old; promised are {promised:d\\.hh\\:mm\\:ss}.{where}");
    }
}

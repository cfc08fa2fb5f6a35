using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Watching;

/// <summary>Alerts when a stream with <c>deletes: { missing: true }</c> was read, and nothing could be taken as deleted. It is over with the next run that is compared.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="ledger">What happened.</param>
/// <param name="runs">The runs.</param>
/// <param name="alerting">Where alerts go.</param>
public sealed class RefreshMonitor(IPipelineCatalog catalog, RunLedger ledger, RunBook runs, Alerting alerting) : StreamMonitor(catalog, alerting)
{
    /// <inheritdoc/>
    protected override string Kind => "deletes";

    /// <inheritdoc/>
    protected override async ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken) =>
        stream.Deletes is { Missing: true }
        && await ledger.FindStreamAsync(pipeline.Name, stream.Name, cancellationToken) is { LastRun: { } last }
        && await runs.FindAsync(pipeline.Name, stream.Name, last, cancellationToken) is { Value.Refresh.Reason: { } reason }
            ? new Problem("warning", reason)
            : null;
}

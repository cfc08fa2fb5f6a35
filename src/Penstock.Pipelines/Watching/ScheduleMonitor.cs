using System.Globalization;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Watching;

/// <summary>Alerts when a run that was due hasn't begun: planning is stuck, or the run before goes on and on.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="ledger">What happened.</param>
/// <param name="alerting">Where alerts go.</param>
/// <param name="time">The clock.</param>
public sealed class ScheduleMonitor(IPipelineCatalog catalog, RunLedger ledger, Alerting alerting, TimeProvider time) : StreamMonitor(catalog, alerting)
{
    /// <inheritdoc/>
    protected override string Kind => "schedule";

    /// <inheritdoc/>
    protected override async ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        if (stream.Reception is not null || pipeline is { Paused: true } or { Schedule: null })
            return null;
        DateTimeOffset now = time.GetUtcNow();
        if (pipeline.Schedule.LastDue(now - pipeline.Monitors.ScheduleGrace) is not { } due
            || await ledger.FindStreamAsync(pipeline.Name, stream.Name, cancellationToken) is not { LastDue: { } served } known
            || served >= due)
            return null;
        string dueText = due.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        // A run that takes longer than the schedule's interval is served when it has ended; it is late only when it misses two.
        if (known.ActiveRun is { } active)
        {
            return pipeline.Schedule.LastDue(due.AddTicks(-1)) > served
                ? new Problem("warning", $"The run due at {dueText} can't begin: the run '{active}' goes on since {known.ActiveSince:yyyy-MM-dd HH:mm}Z. See what it waits for: penstock status.")
                : null;
        }

        return new Problem("error", $"The run due at {dueText} hasn't begun. Look whether Plan runs, and at its log.");
    }
}

using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Watching.Figures;

namespace Penstock.Pipelines.Watching;

/// <summary>Alerts when records of the latest hour are in quarantine, more than the pipeline tolerates. It is over an hour without.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="histories">What the records were like.</param>
/// <param name="alerting">Where alerts go.</param>
/// <param name="time">The clock.</param>
public sealed class QuarantineMonitor(IPipelineCatalog catalog, FigureBook histories, Alerting alerting, TimeProvider time) : StreamMonitor(catalog, alerting)
{
    /// <inheritdoc/>
    protected override string Kind => "quarantine";

    /// <inheritdoc/>
    protected override async ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        if (await histories.FindAsync(pipeline.Name, stream.Name, cancellationToken) is not { } history)
            return null;
        // The hour before counts too: else an alert at five to twelve would be over at twelve.
        DateTimeOffset since = StreamFigures.HourOf(time.GetUtcNow()).AddHours(-1);
        HourFigures? worst = history.Hours.Where(hour => hour.Hour >= since && hour.Quarantined * 100m > pipeline.Monitors.QuarantinePercent * hour.Read)
            .MaxBy(hour => hour.Quarantined);
        return worst is null ? null : new Problem(
            "error",
            $"{worst.Quarantined} of {worst.Read} records ({100m * worst.Quarantined / worst.Read:0.##} %) since {worst.Hour:yyyy-MM-dd HH:mm}Z are in quarantine. "
            + "See why in the quarantine, mend the source or the contract, and replay them.");
    }
}

using System.Globalization;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Watching.Figures;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Alerts when a set of records isn't as the contract's quality rules say: the records of the latest hour; for <c>rowCount</c> those of
/// the last day.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="histories">What the records were like.</param>
/// <param name="alerting">Where alerts go.</param>
/// <param name="time">The clock.</param>
public sealed class RuleMonitor(IPipelineCatalog catalog, FigureBook histories, Alerting alerting, TimeProvider time) : StreamMonitor(catalog, alerting)
{
    private const int MostTold = 5;

    /// <inheritdoc/>
    protected override string Kind => "quality";

    /// <inheritdoc/>
    protected override async ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        if (stream.Contract is not { Rules.Count: > 0 } contract
            || await histories.FindAsync(pipeline.Name, stream.Name, cancellationToken) is not { Latest: { } latest } history)
            return null;
        (QualityRule Rule, decimal Figure)[] broken =
        [
            .. contract.Rules.Select(rule => (Rule: rule, Figure: FigureOf(rule, latest, history))).Where(one => one.Figure is { } figure && !one.Rule.Must.Keeps(figure))
                .Select(one => (one.Rule, one.Figure!.Value)),
        ];
        if (broken.Length == 0)
            return null;
        string what = string.Join("; ", broken.Take(MostTold).Select(Tell));
        return new Problem(
            broken.Any(one => one.Rule.Severity is "error" or "critical" or "high") ? "error" : "warning",
            $"{what}{(broken.Length > MostTold ? $"; and {broken.Length - MostTold} more" : "")}. Contract {contract.Id}@{contract.Version}.");
    }

    private decimal? FigureOf(QualityRule rule, HourFigures latest, StreamFigures history)
    {
        if (rule.Metric != QualityMetric.RowCount)
            return latest.Rules.TryGetValue(rule.Name, out long records) ? rule.FigureOf(records, latest.Rows) : null;
        DateTimeOffset since = time.GetUtcNow().AddDays(-1);
        // A stream that is younger than a day hasn't had its chance.
        return history.Hours[0].Hour > since ? null : history.Hours.Where(hour => hour.Hour >= since).Sum(hour => hour.Read);
    }

    private static string Tell((QualityRule Rule, decimal Figure) one) =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Rule.Name}: {one.Figure:0.##}{(one.Rule.IsPercent ? " %" : " records")}, must be {one.Rule.Must}");
}

using System.Globalization;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Quality.Sets;
using Penstock.Pipelines.Watching.Figures;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Alerts when a set of records isn't as the contract's quality rules say. Of a stream that is pulled the set is what the last run
/// brought, of one that is pushed the records of the latest hour. For <c>rowCount</c> it is the last day, unless runs read the whole stream.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="histories">What the records were like.</param>
/// <param name="sets">What the records of the last run were like.</param>
/// <param name="alerting">Where alerts go.</param>
/// <param name="time">The clock.</param>
public sealed class RuleMonitor(IPipelineCatalog catalog, FigureBook histories, SetBook sets, Alerting alerting, TimeProvider time) : StreamMonitor(catalog, alerting)
{
    private const int MostTold = 5;

    /// <inheritdoc/>
    protected override string Kind => "quality";

    /// <inheritdoc/>
    protected override async ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        if (stream.Contract is not { Rules.Count: > 0 } contract)
            return null;
        StreamFigures? history = await histories.FindAsync(pipeline.Name, stream.Name, cancellationToken);
        RunSet? set = stream.Reception is null && SetBook.IsAboutSets(contract) ? await sets.FindLastAsync(pipeline.Name, stream.Name, cancellationToken) : null;
        Judgement[] broken = [.. contract.Rules.Select(rule => Judge(rule, set, history)).OfType<Judgement>().Where(one => !one.Rule.Must.Keeps(one.Figure))];
        if (broken.Length == 0)
            return null;
        string what = string.Join("; ", broken.Take(MostTold).Select(Tell));
        return new Problem(
            broken.Any(one => one.Rule.Severity is "error" or "critical" or "high") ? "error" : "warning",
            $"{what}{(broken.Length > MostTold ? $"; and {broken.Length - MostTold} more" : "")}. Contract {contract.Id}@{contract.Version}.");
    }

    // Null if nothing is known of it yet. A rule of records is told while a long run goes on: what breaks it is in quarantine already.
    private Judgement? Judge(QualityRule rule, RunSet? set, StreamFigures? history)
    {
        if (rule.Metric == QualityMetric.RowCount)
            return set is { IsWhole: true } ? new Judgement(rule, set.Read, set.Run) : OfDay(history) is { } day ? new Judgement(rule, day) : null;
        if (set is not null && !rule.IsOfRecords)
            return set.Rules.TryGetValue(rule.Name, out long inRun) ? new Judgement(rule, rule.FigureOf(inRun, set.Rows), set.Run) : null;
        return history?.Latest is { } latest && latest.Rules.TryGetValue(rule.Name, out long inHour) ? new Judgement(rule, rule.FigureOf(inHour, latest.Rows)) : null;
    }

    private long? OfDay(StreamFigures? history)
    {
        DateTimeOffset since = time.GetUtcNow().AddDays(-1);
        // A stream that is younger than a day hasn't had its chance.
        return history is not { Hours: [var first, ..] } || first.Hour > since ? null : history.Hours.Where(hour => hour.Hour >= since).Sum(hour => hour.Read);
    }

    private static string Tell(Judgement one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Rule.Name}: {one.Figure:0.##}{(one.Rule.IsPercent ? " %" : " records")}, must be {one.Rule.Must}{(one.Run is null ? "" : $", in the run {one.Run}")}");

    private sealed record Judgement(QualityRule Rule, decimal Figure, string? Run = null);
}

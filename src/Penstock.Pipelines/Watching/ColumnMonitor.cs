using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Watching.Figures;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Alerts when a column of the latest hour has far more or fewer nulls, or different values, than the hours before. Without enough
/// history it says nothing.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="histories">What the records were like.</param>
/// <param name="alerting">Where alerts go.</param>
public sealed class ColumnMonitor(IPipelineCatalog catalog, FigureBook histories, Alerting alerting) : StreamMonitor(catalog, alerting)
{
    private const int LeastHours = 5;
    private const int LeastRows = 50;
    private const int MostTold = 5;

    /// <inheritdoc/>
    protected override string Kind => "columns";

    /// <inheritdoc/>
    protected override async ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        if (!pipeline.Monitors.Columns || await histories.FindAsync(pipeline.Name, stream.Name, cancellationToken) is not { } history)
            return null;
        HourFigures[] hours = [.. history.Hours.Where(hour => hour.Rows >= LeastRows && hour.Columns.Count > 0)];
        if (hours.Length <= LeastHours || hours[^1] != history.Latest)
            return null;
        string[] found = [.. hours[^1].Columns.SelectMany(column => Judge(column.Key, column.Value, hours[..^1]))];
        return found.Length == 0 ? null : new Problem(
            "warning",
            $"{string.Join("; ", found.Take(MostTold))}{(found.Length > MostTold ? $"; and {found.Length - MostTold} more" : "")}, since {hours[^1].Hour:yyyy-MM-dd HH:mm}Z. Look at the source.");
    }

    private static IEnumerable<string> Judge(string name, ColumnHour now, IEnumerable<HourFigures> earlier)
    {
        ColumnHour[] before = [.. earlier.Select(hour => hour.Columns.GetValueOrDefault(name)).OfType<ColumnHour>().Where(column => column.Values + column.Nulls > 0)];
        if (before.Length < LeastHours || now.Values + now.Nulls == 0)
            yield break;
        Robust nulls = Robust.Of([.. before.Select(NullRate)], _ => 0.1);
        if (nulls.IsUnusual(NullRate(now)))
            yield return $"'{name}' is null in {NullRate(now):P0} of the records, usual are {nulls.Median:P0}";
        ColumnHour[] filled = [.. before.Where(column => column.Values >= LeastRows)];
        if (filled.Length < LeastHours || now.Values < LeastRows)
            yield break;
        Robust distinct = Robust.Of([.. filled.Select(DistinctRate)], _ => 0.25);
        if (distinct.IsUnusual(DistinctRate(now)))
            yield return $"'{name}' has different values in {DistinctRate(now):P0} of the records, usual are {distinct.Median:P0}";
    }

    private static double NullRate(ColumnHour column) => (double)column.Nulls / (column.Values + column.Nulls);

    private static double DistinctRate(ColumnHour column) => Math.Min(1, (double)column.Distinct / column.Values);
}

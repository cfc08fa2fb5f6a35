using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Watching.Figures;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Alerts when an hour or a day brought far more or fewer records than usual: than the same hour of the same weekday, or, while the
/// stream is young, than the same hour of other days. Without enough history it says nothing.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="histories">What the records were like.</param>
/// <param name="alerting">Where alerts go.</param>
/// <param name="time">The clock.</param>
public sealed class VolumeMonitor(IPipelineCatalog catalog, FigureBook histories, Alerting alerting, TimeProvider time) : StreamMonitor(catalog, alerting)
{
    // What was taken just before the hour's end may still be on its way through Transform.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(3);
    private const int LeastWeeks = 3;
    private const int LeastDays = 5;
    // Fewer are noise: two instead of one is no news.
    private const int LeastRecords = 20;

    /// <inheritdoc/>
    protected override string Kind => "volume";

    /// <inheritdoc/>
    protected override async ValueTask<Problem?> FindAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        if (!pipeline.Monitors.Volume || pipeline.Paused
            || await histories.FindAsync(pipeline.Name, stream.Name, cancellationToken) is not { Hours.Count: > 0 } history)
            return null;
        Dictionary<DateTimeOffset, long> read = history.Hours.ToDictionary(hour => hour.Hour, hour => hour.Read);
        DateTimeOffset first = history.Hours[0].Hour;
        DateTimeOffset ended = StreamFigures.HourOf(time.GetUtcNow() - Settling);
        DateTimeOffset day = new(ended.UtcDateTime.Date, TimeSpan.Zero);
        return Judge(at => read.GetValueOrDefault(at), ended.AddHours(-1), first, "hour")
            ?? Judge(at => Enumerable.Range(0, 24).Sum(hour => read.GetValueOrDefault(at.AddHours(hour))), day.AddDays(-1), new(first.UtcDateTime.Date.AddDays(1), TimeSpan.Zero), "day");
    }

    private static Problem? Judge(Func<DateTimeOffset, long> read, DateTimeOffset at, DateTimeOffset first, string period)
    {
        double[] earlier = Earlier(read, at, first, TimeSpan.FromDays(7));
        string with = $"the same {period} of the week";
        if (earlier.Length < LeastWeeks)
        {
            earlier = [.. Earlier(read, at, first, TimeSpan.FromDays(1)).Take(14)];
            with = period == "hour" ? "the same hour of other days" : "other days";
        }

        if (earlier.Length < LeastDays && !(earlier.Length >= LeastWeeks && with.EndsWith("week", StringComparison.Ordinal)))
            return null;
        Robust usual = Robust.Of(earlier, median => Math.Max(median / 2, LeastRecords));
        long now = read(at);
        return !usual.IsUnusual(now) ? null : new Problem(
            "warning",
            $"{now} records came in the {period} from {at:yyyy-MM-dd HH:mm}Z; usual are {usual.Median:0} ± {usual.Tolerance:0} ({with}, {earlier.Length} of them). Look at the source.");
    }

    private static double[] Earlier(Func<DateTimeOffset, long> read, DateTimeOffset at, DateTimeOffset first, TimeSpan step) =>
    [
        .. Enumerable.Range(1, (int)(StreamFigures.Kept / step)).Select(n => at - (n * step)).Where(one => one >= first).Select(one => (double)read(one)),
    ];
}

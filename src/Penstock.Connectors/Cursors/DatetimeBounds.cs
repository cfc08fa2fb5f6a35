using Penstock.Connectors.Datetimes;

namespace Penstock.Connectors.Cursors;

/// <summary>A datetime cursor's settings as they are at one instant: templates evaluated.</summary>
/// <param name="Start">The first instant that is read.</param>
/// <param name="End">The last instant that is read, clamped.</param>
/// <param name="Step">The longest window; null for one window up to the end.</param>
/// <param name="Lookback">How much is read again before the state; null for nothing.</param>
/// <param name="Granularity">The cursor's smallest step, which keeps windows from overlapping; null lets them.</param>
/// <param name="Clamping">Whole days, weeks or months; null for none.</param>
internal sealed record DatetimeBounds(
    DateTimeOffset Start, DateTimeOffset End, IsoDuration? Step, IsoDuration? Lookback, IsoDuration? Granularity, Clamping? Clamping)
{
    private static readonly IsoDuration Millisecond = new(0, 0, TimeSpan.FromMilliseconds(1));

    /// <summary>The value after a value: what intervals may be apart and still touch.</summary>
    public DateTimeOffset Next(DateTimeOffset value)
    {
        var unit = Granularity is { IsCalendar: false, Exact.Ticks: 0 } or null ? Millisecond : Granularity;
        return unit.TryAddTo(value, out var next) ? next : DateTimeOffset.MaxValue;
    }

    /// <summary>The windows from one instant to another, split by the step.</summary>
    /// <param name="lower">The first instant.</param>
    /// <param name="upper">The last instant.</param>
    /// <param name="upperIsEnd">True if nothing follows, so that the last window includes its end.</param>
    public IEnumerable<(DateTimeOffset Start, DateTimeOffset End)> Split(DateTimeOffset lower, DateTimeOffset upper, bool upperIsEnd)
    {
        if (lower >= upper) yield break;
        if (After(lower) >= upper)
        {
            var end = Clamped(upper);
            yield return (Clamped(lower), upperIsEnd ? end : Before(end));
            yield break;
        }

        for (var from = lower; ;)
        {
            var step = After(from);
            var isLast = step >= upper;
            var to = isLast ? upper : Clamped(step);
            var start = Clamped(from);
            if (start >= to) yield break;
            yield return (start, isLast && upperIsEnd ? to : Before(to));
            if (isLast) yield break;
            from = to;
        }
    }

    private DateTimeOffset After(DateTimeOffset value) => Step is not null && Step.TryAddTo(value, out var after) ? after : End;

    private DateTimeOffset Before(DateTimeOffset value) =>
        Granularity is null ? value : Granularity.TrySubtractFrom(value, out var before) ? before : DateTimeOffset.MinValue;

    private DateTimeOffset Clamped(DateTimeOffset value) => Clamping?.Ceiling(value) ?? value;
}

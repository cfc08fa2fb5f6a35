using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Cursors;

/// <summary>A cursor over datetimes, with the semantics of airbyte-cdk's ConcurrentCursor.</summary>
internal sealed class DatetimeBasedCursor : IStreamCursor
{
    private readonly CursorDatetimes _datetimes;
    private readonly Func<DateTimeOffset, DatetimeBounds> _bounds;
    private readonly TimeProvider _time;
    private Evaluated? _latest;

    /// <param name="field">The cursor's field at the top level of a record.</param>
    /// <param name="windowFields">The names of the window's start and end.</param>
    /// <param name="datetimes">Reads and writes cursor values.</param>
    /// <param name="bounds">Evaluates the settings as of an instant.</param>
    /// <param name="time">The clock, for filtering while reading.</param>
    public DatetimeBasedCursor(
        string field, (string Start, string End) windowFields, CursorDatetimes datetimes, Func<DateTimeOffset, DatetimeBounds> bounds, TimeProvider time)
    {
        (Field, StartField, EndField) = (field, windowFields.Start, windowFields.End);
        (_datetimes, _bounds, _time) = (datetimes, bounds, time);
    }

    public string Field { get; }

    public string StartField { get; }

    public string EndField { get; }

    public IEnumerable<SliceWindow> Plan(string? state, DateTimeOffset asOf)
    {
        var bounds = Bounds(asOf);
        var known = Known(CursorState.Read(state), bounds);
        var floor = _datetimes.Format(known[0].MostRecent ?? known[0].End);
        if (bounds.Start < known[0].Start)
        {
            foreach (var window in Windows(bounds, bounds.Start, known[0].Start, upperIsEnd: false, floor)) yield return window;
        }

        for (var i = 0; i + 1 < known.Count; i++)
        {
            var after = bounds.Granularity is { } unit && unit.TryAddTo(known[i].End, out var next) ? next : known[i].End;
            foreach (var window in Windows(bounds, after, known[i + 1].Start, upperIsEnd: false, floor)) yield return window;
        }

        var last = known[^1].End;
        if (bounds.Lookback is { } lookback) last = lookback.TrySubtractFrom(last, out var earlier) ? earlier : DateTimeOffset.MinValue;
        foreach (var window in Windows(bounds, last, bounds.End, upperIsEnd: true, floor)) yield return window;
    }

    public IEnumerable<SliceWindow> PlanWithin(BackfillWindow window, DateTimeOffset asOf)
    {
        var bounds = Bounds(asOf);
        var isCut = window.To > bounds.End;
        return bounds.Split(window.From, isCut ? bounds.End : window.To, upperIsEnd: isCut).Select(part => Window(part, floor: null));
    }

    public string Advance(string? state, IReadOnlyList<CompleteSlice> complete, DateTimeOffset asOf)
    {
        var bounds = Bounds(asOf);
        var before = CursorState.Read(state);
        var intervals = Known(before, bounds).Concat(complete.Where(slice => slice.Slice.Window is not null).Select(Read));
        var first = Interval<DateTimeOffset>.Merge(intervals, bounds.Next)[0];
        return before.With(Field, _datetimes.Format(first.MostRecent ?? first.Start));
    }

    public bool TryRank(ReadOnlySpan<byte> cursorValue, out long rank)
    {
        var isRead = _datetimes.TryRead(cursorValue, out var datetime);
        rank = isRead ? datetime.UtcTicks / TimeSpan.TicksPerMicrosecond : 0;
        return isRead;
    }

    public bool ShouldBeSynced(ReadOnlySpan<byte> cursorValue, StreamSlice slice)
    {
        if (!_datetimes.TryRead(cursorValue, out var value)) return true;
        var floor = slice.Window?.Floor ?? slice.Window?.Start;
        return (floor is null || !_datetimes.TryRead(floor, out var from) || from <= value) && value <= Recent().End;
    }

    public string Earlier(string value, TimeSpan time) => time == TimeSpan.Zero ? value : _datetimes.Format(Read(value) - time);

    public Value ToValue(string bound) => bound;

    public string? Normalise(ReadOnlySpan<byte> cursorValue) =>
        _datetimes.TryRead(cursorValue, out var datetime) ? _datetimes.Format(datetime) : null;

    private DatetimeBounds Bounds(DateTimeOffset asOf)
    {
        var latest = _latest;
        if (latest?.AsOf == asOf) return latest.Bounds;
        _latest = latest = new Evaluated(asOf, _bounds(asOf));
        return latest.Bounds;
    }

    // For filtering record by record: the templates needn't be evaluated more than once a second.
    private DatetimeBounds Recent()
    {
        var now = _time.GetUtcNow();
        return _latest is { } latest && (now - latest.AsOf).Duration() < TimeSpan.FromSeconds(1) ? latest.Bounds : Bounds(now);
    }

    private sealed record Evaluated(DateTimeOffset AsOf, DatetimeBounds Bounds);

    // Never empty: without a state it is the instant before the first window.
    private IReadOnlyList<Interval<DateTimeOffset>> Known(CursorState state, DatetimeBounds bounds)
    {
        if (state.Slices is { } slices)
        {
            var read = slices.Select(slice => new Interval<DateTimeOffset>(Read(slice.Find("start")), Read(slice.Find("end")),
                slice.TryGet("most_recent_cursor_value", out var recent) ? Read(recent) : null)).ToList();
            return read.Count > 0 ? Interval<DateTimeOffset>.Merge(read, bounds.Next) : throw CursorState.Unreadable("it has no slices");
        }

        var reached = state.Fields.TryGet(Field, out var value) ? Read(value) : bounds.Start;
        if (reached < bounds.Start) reached = bounds.Start;
        return [new(bounds.Start, reached, reached)];
    }

    private Interval<DateTimeOffset> Read(CompleteSlice complete)
    {
        DateTimeOffset? greatest = complete.GreatestCursor is { } text && _datetimes.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out var seen) ? seen : null;
        return new(Read(complete.Slice.Window!.Start), Read(complete.Slice.Window.End), greatest);
    }

    private DateTimeOffset Read(Value value) => _datetimes.TryRead(value, out var datetime)
        ? datetime
        : throw CursorState.Unreadable($"a value of the cursor '{Field}' has none of the formats {_datetimes.Formats}");

    private IEnumerable<SliceWindow> Windows(DatetimeBounds bounds, DateTimeOffset lower, DateTimeOffset upper, bool upperIsEnd, string floor)
    {
        if (lower >= upper || upper < bounds.Start) return [];
        return bounds.Split(lower < bounds.Start ? bounds.Start : lower, upper, upperIsEnd).Select(part => Window(part, floor));
    }

    private SliceWindow Window((DateTimeOffset Start, DateTimeOffset End) part, string? floor) =>
        new(_datetimes.Format(part.Start), _datetimes.Format(part.End), floor);
}

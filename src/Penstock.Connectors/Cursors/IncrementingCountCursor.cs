using System.Globalization;
using System.Numerics;
using System.Text;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Cursors;

/// <summary>A cursor over a number that only grows: one window, from the number reached to no end.</summary>
internal sealed class IncrementingCountCursor : IStreamCursor
{
    private const string NoEnd = "inf";
    private readonly BigInteger _start;

    public IncrementingCountCursor(string field, BigInteger start) => (Field, _start) = (field, start);

    public string Field { get; }

    public string StartField => "start";

    public string EndField => "end";

    public IEnumerable<SliceWindow> Plan(string? state, DateTimeOffset asOf) => [Window(Reached(CursorState.Read(state)))];

    public IEnumerable<SliceWindow> PlanWithin(BackfillWindow window, DateTimeOffset asOf) => throw SourceFaultException.Config(
        $"The cursor '{Field}' counts and knows no time: a backfill over a window of time isn't possible. Run the stream without a cursor's state instead.");

    public string Advance(string? state, IReadOnlyList<CompleteSlice> complete, DateTimeOffset asOf)
    {
        var before = CursorState.Read(state);
        var reached = complete.Select(slice => Read(slice.GreatestCursor)).Append(Reached(before)).Max();
        return before.With(Field, Value.Of(reached!.Value));
    }

    public bool TryRank(ReadOnlySpan<byte> cursorValue, out long rank)
    {
        var value = Read(CursorDatetimes.Scalar(cursorValue));
        rank = (long)BigInteger.Clamp(value ?? 0, long.MinValue, long.MaxValue);
        return value is not null;
    }

    public bool ShouldBeSynced(ReadOnlySpan<byte> cursorValue, StreamSlice slice) =>
        cursorValue.IsEmpty || Read(CursorDatetimes.Scalar(cursorValue)) is not { } value || value >= (Read(slice.Window?.Start) ?? _start);

    public string? Normalise(ReadOnlySpan<byte> cursorValue) => Read(CursorDatetimes.Scalar(cursorValue))?.ToString(CultureInfo.InvariantCulture);

    public string Earlier(string value, TimeSpan time) => value;

    public Value ToValue(string bound) => Read(bound) is { } number ? Value.Of(number) : double.PositiveInfinity;

    private BigInteger Reached(CursorState state)
    {
        var first = state.Slices?.FirstOrDefault();
        var value = first is null ? state.Fields.Find(Field) : first.TryGet("most_recent_cursor_value", out var recent) ? recent : first.Find("end");
        if (value.IsNone) return _start;
        return Read(value) is { } number ? BigInteger.Max(number, _start) : throw CursorState.Unreadable($"the value of the cursor '{Field}' isn't a number");
    }

    private static SliceWindow Window(BigInteger start)
    {
        var text = start.ToString(CultureInfo.InvariantCulture);
        return new(text, NoEnd, text);
    }

    private static BigInteger? Read(string? text) => text is null ? null : Read(CursorDatetimes.Scalar(Encoding.UTF8.GetBytes(text)));

    private static BigInteger? Read(Value value)
    {
        if (value.TryGetInteger(out var whole)) return whole;
        if (value.TryGetFloat(out var number) && double.IsFinite(number)) return new BigInteger(Math.Floor(number));
        return BigInteger.TryParse(value.AsText, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
    }
}

using System.Text.Json;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Vectors;

/// <summary>The windows that a datetime cursor plans.</summary>
internal static class SliceVector
{
    public static Value Evaluate(DictValue vector, TimeProvider time)
    {
        var datetimes = new CursorDatetimes(DatetimeVector.Text(vector, "format"), DatetimeVector.Texts(vector, "input_formats"));
        var bounds = Bounds(vector);
        var cursor = new DatetimeBasedCursor("cursor", ("start_time", "end_time"), datetimes, _ => bounds, time);
        var state = vector.Find("state") is { IsNone: false } given ? ValueJsonWriter.ToText(given) : null;
        return new ListValue(cursor.Plan(state, time.GetUtcNow()).Select(window =>
            Value.Of(new DictValue([new(cursor.StartField, window.Start), new(cursor.EndField, window.End)]))));
    }

    private static DatetimeBounds Bounds(DictValue vector)
    {
        var granularity = DatetimeVector.Duration(vector, "cursor_granularity");
        var clamping = ReadClamping(vector.Find("clamping").AsDict);
        var end = DatetimeVector.Datetime(vector, "end");
        return new DatetimeBounds(
            DatetimeVector.Datetime(vector, "start"),
            clamping?.LastBefore(end, granularity) ?? end,
            NotZero(DatetimeVector.Duration(vector, "step")),
            NotZero(DatetimeVector.Duration(vector, "lookback_window")),
            NotZero(granularity),
            clamping);
    }

    private static IsoDuration? NotZero(IsoDuration? duration) => duration is { IsCalendar: false, Exact.Ticks: 0 } ? null : duration;

    private static Clamping? ReadClamping(DictValue? clamping)
    {
        if (clamping is null)
            return null;
        var weekday = clamping.Find("target_details").AsDict?.Find("weekday").AsText;
        return DatetimeVector.Text(clamping, "target") switch
        {
            "DAY" => new Clamping(ClampingUnit.Day),
            "MONTH" => new Clamping(ClampingUnit.Month),
            "WEEK" when Enum.TryParse<DayOfWeek>(weekday, ignoreCase: true, out var day) => new Clamping(ClampingUnit.Week, day),
            _ => throw new JsonException("the vector has an unknown clamping"),
        };
    }
}

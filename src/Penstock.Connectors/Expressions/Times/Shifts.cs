using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Times;

/// <summary>Moving dates and times within the calendar.</summary>
internal static class Shifts
{
    public static DateTime Add(DateTime local, Int128 microseconds)
    {
        var ticks = local.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTime((long)ticks) : throw OutOfRange();
    }

    public static ValueException OutOfRange() => ValueException.Overflow("date value out of range");

    public static ValueException Failure(IsoDuration duration) => decimal.IsInteger(duration.Years) && decimal.IsInteger(duration.Months)
        ? ValueException.Bad("a date plus a duration leaves the calendar")
        : ValueException.Bad("fractional years or months not supported for date calculations");
}

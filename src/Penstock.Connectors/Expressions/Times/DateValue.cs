using System.Globalization;
using System.Text;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Times;

/// <summary>A date without a time: what <c>today_utc()</c> gives.</summary>
internal sealed class DateValue(DateOnly date) : ObjectValue, IOperand, IOrderedValue, IHasProperties, IHasMethods, Formats.IFormattable
{
    public DateOnly Date => date;

    public override string TypeName => "datetime.date";

    public override bool IsTruthy => true;

    public FunctionTable Methods => DateMethods.Table;

    private DateTimeOffset Midnight => new(date, TimeOnly.MinValue, TimeSpan.Zero);

    public string Format(Evaluation evaluation, string specification) => specification.Length == 0 ? Value.Of(this).ToString() : Strftime(evaluation, specification);

    public string Strftime(Evaluation evaluation, string format)
    {
        evaluation.Text(format.Length * 4L);
        return Datetimes.Strftime.Format(format, Midnight, naive: true);
    }

    public DateValue Shift(IsoDuration duration, bool back)
    {
        // A date takes whole days only, rounded down as a timedelta's days are.
        var whole = duration with { Exact = TimeSpan.FromDays(Math.Floor(duration.Exact.TotalDays)) };
        var shifted = back ? whole.TrySubtractFrom(Midnight, out var result) : whole.TryAddTo(Midnight, out result);
        return shifted ? new DateValue(DateOnly.FromDateTime(result.DateTime)) : throw Shifts.Failure(duration);
    }

    public int? CompareTo(ObjectValue other) => other is DateValue that ? date.CompareTo(that.Date) : null;

    public Value? Operate(BinaryOperator operation, in Value left, in Value right)
    {
        if (left.AsObject is DateValue a && right.AsObject is DateValue b && operation == BinaryOperator.Subtract)
            return TimedeltaValue.Of(TimeSpan.FromDays(a.Date.DayNumber - b.Date.DayNumber));
        if (operation == BinaryOperator.Add && (left.AsObject as TimedeltaValue ?? right.AsObject as TimedeltaValue) is { } delta)
            return AddDays(delta, 1);
        return operation == BinaryOperator.Subtract && right.AsObject is TimedeltaValue less ? AddDays(less, -1) : (Value?)null;
    }

    public bool TryGetProperty(string name, out Value value) => TryGetProperty(date, name, out value);

    public static bool TryGetProperty(DateOnly date, string name, out Value value)
    {
        value = name switch
        {
            "year" => (long)date.Year,
            "month" => (long)date.Month,
            "day" => (long)date.Day,
            "min" => new DateValue(DateOnly.MinValue),
            "max" => new DateValue(DateOnly.MaxValue),
            "resolution" => TimedeltaValue.Of(TimeSpan.FromDays(1)),
            _ => default,
        };
        return !value.IsNone;
    }

    internal override bool IsEqualTo(ObjectValue other, int depth) => other is DateValue that && that.Date == date;

    internal override int HashCode() => date.GetHashCode();

    internal override void AppendText(StringBuilder target) => target.Append(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    internal override void AppendRepr(StringBuilder target, int depth) =>
        target.Append(CultureInfo.InvariantCulture, $"datetime.date({date.Year}, {date.Month}, {date.Day})");

    private DateValue AddDays(TimedeltaValue delta, int sign)
    {
        var (days, _) = TimedeltaValue.DivMod(delta.Microseconds, 86_400_000_000);
        var number = date.DayNumber + (sign * days);
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber ? new DateValue(DateOnly.FromDayNumber((int)number)) : throw Shifts.OutOfRange();
    }
}

/// <summary>A time of day.</summary>
internal sealed class TimeValue(TimeSpan time, ZoneValue? zone) : ObjectValue, IOrderedValue, IHasProperties, IHasMethods
{
    public override string TypeName => "datetime.time";

    public override bool IsTruthy => true;

    public TimeSpan Time => time;

    public FunctionTable Methods => Table;

    private static FunctionTable Table { get; } = new()
    {
        { "isoformat", "self, timespec='auto'", (_, a) => Self(a).Iso(TextMethods.Need(a[1])) },
        { "strftime", "self, format", (e, a) => new DatetimeValue(new DateTime(1900, 1, 1) + Self(a).Time, null).Strftime(e, TextMethods.Need(a[1])) },
    };

    public int? CompareTo(ObjectValue other) => other is TimeValue that ? time.CompareTo(that.Time) : null;

    public bool TryGetProperty(string name, out Value value) =>
        name is "hour" or "minute" or "second" or "microsecond" or "fold" or "tzinfo"
            ? new DatetimeValue(new DateTime(time.Ticks), zone).TryGetProperty(name, out value)
            : Nothing(out value);

    internal override bool IsEqualTo(ObjectValue other, int depth) => other is TimeValue that && that.Time == time;

    internal override int HashCode() => time.GetHashCode();

    internal override void AppendText(StringBuilder target) => target.Append(Iso("auto"));

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        var microseconds = time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        var seconds = time.Seconds == 0 && microseconds == 0 ? "" : $", {time.Seconds}";
        target.Append($"datetime.time({time.Hours}, {time.Minutes}{seconds}{(microseconds == 0 ? "" : $", {microseconds}")})");
    }

    private string Iso(string precision) => IsoText.Time(time, precision) + (zone is null ? "" : IsoText.Offset(zone.Offset));

    private static bool Nothing(out Value value)
    {
        value = default;
        return false;
    }

    private static TimeValue Self(Value[] a) => (TimeValue)a[0].AsObject!;
}

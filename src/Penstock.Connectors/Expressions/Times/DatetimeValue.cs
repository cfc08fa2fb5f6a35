using System.Globalization;
using System.Text;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Formats;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Times;

/// <summary>A date and time of day, to the microsecond, with a time zone or without one (naive).</summary>
internal sealed class DatetimeValue : ObjectValue, IOperand, IOrderedValue, IHasProperties, IHasMethods, Formats.IFormattable
{
    public DatetimeValue(DateTime local, ZoneValue? zone)
    {
        Local = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Unspecified);
        Zone = zone;
    }

    public DatetimeValue(DateTimeOffset instant)
        : this(instant.DateTime, ZoneValue.Of(instant.Offset))
    {
    }

    /// <summary>What a clock in the zone shows.</summary>
    public DateTime Local { get; }

    public ZoneValue? Zone { get; }

    public override string TypeName => "datetime.datetime";

    public override bool IsTruthy => true;

    public FunctionTable Methods => DatetimeMethods.Table;

    /// <summary>The instant; a naive time counts as UTC, the time zone of the process.</summary>
    public DateTimeOffset Instant => new(Local, Zone?.Offset ?? TimeSpan.Zero);

    private long UtcTicks => Local.Ticks - (Zone?.Offset.Ticks ?? 0);

    public static DatetimeValue Utc(DateTime utc) => new(utc, ZoneValue.PytzUtc);

    public string Format(Evaluation evaluation, string specification) => specification.Length == 0 ? Value.Of(this).ToString() : Strftime(evaluation, specification);

    public string Strftime(Evaluation evaluation, string format)
    {
        evaluation.Text(format.Length * 4L);
        return Datetimes.Strftime.Format(format, Instant, naive: Zone is null);
    }

    public DatetimeValue Shift(IsoDuration duration, bool back)
    {
        var shifted = back ? duration.TrySubtractFrom(Instant, out var result) : duration.TryAddTo(Instant, out result);
        return shifted ? new DatetimeValue(result.DateTime, Zone) : throw Shifts.Failure(duration);
    }

    public int? CompareTo(ObjectValue other)
    {
        if (other is not DatetimeValue that)
            return null;
        if (Zone is null != that.Zone is null)
            throw ValueException.Type("can't compare offset-naive and offset-aware datetimes");
        return UtcTicks.CompareTo(that.UtcTicks);
    }

    public Value? Operate(BinaryOperator operation, in Value left, in Value right)
    {
        if (left.AsObject is DatetimeValue a && right.AsObject is DatetimeValue b && operation == BinaryOperator.Subtract)
        {
            if (a.Zone is null != b.Zone is null)
                throw ValueException.Type("can't subtract offset-naive and offset-aware datetimes");
            return TimedeltaValue.Of((a.UtcTicks - b.UtcTicks) / TimeSpan.TicksPerMicrosecond);
        }

        if (operation == BinaryOperator.Add && (left.AsObject as TimedeltaValue ?? right.AsObject as TimedeltaValue) is { } delta)
            return new DatetimeValue(Shifts.Add(Local, delta.Microseconds), Zone);
        if (operation == BinaryOperator.Subtract && right.AsObject is TimedeltaValue less)
            return new DatetimeValue(Shifts.Add(Local, -less.Microseconds), Zone);
        return null;
    }

    public bool TryGetProperty(string name, out Value value)
    {
        (value, var found) = name switch
        {
            "hour" => (Value.Of((long)Local.Hour), true),
            "minute" => (Value.Of((long)Local.Minute), true),
            "second" => (Value.Of((long)Local.Second), true),
            "microsecond" => (Value.Of(Local.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond), true),
            "fold" => (Value.Of(0L), true),
            "tzinfo" => (Value.Of(Zone), true),
            "resolution" => (TimedeltaValue.Of(1), true),
            "min" => (new DatetimeValue(DateTime.MinValue, null), true),
            "max" => (new DatetimeValue(DateTime.MaxValue, null), true),
            _ => (default, false),
        };
        return found || DateValue.TryGetProperty(DateOnly.FromDateTime(Local), name, out value);
    }

    internal override bool IsEqualTo(ObjectValue other, int depth) =>
        other is DatetimeValue that && Zone is null == that.Zone is null && UtcTicks == that.UtcTicks;

    internal override int HashCode() => UtcTicks.GetHashCode();

    internal override void AppendText(StringBuilder target) => target.Append(IsoText.Format(this, " ", "auto"));

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        var microseconds = Local.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        target.Append(CultureInfo.InvariantCulture, $"datetime.datetime({Local.Year}, {Local.Month}, {Local.Day}, {Local.Hour}, {Local.Minute}");
        if (Local.Second != 0 || microseconds != 0)
            target.Append(CultureInfo.InvariantCulture, $", {Local.Second}");
        if (microseconds != 0)
            target.Append(CultureInfo.InvariantCulture, $", {microseconds}");
        if (Zone is not null)
            target.Append(CultureInfo.InvariantCulture, $", tzinfo={Value.Of(Zone).ToRepr()}");
        target.Append(')');
    }
}

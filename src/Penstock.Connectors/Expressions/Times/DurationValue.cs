using System.Globalization;
using System.Text;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Times;

/// <summary>A duration with years or months, whose length depends on what it is added to (isodate's <c>Duration</c>).</summary>
internal sealed class DurationValue(IsoDuration duration) : ObjectValue, IOperand, IHasProperties
{
    public IsoDuration Duration => duration;

    public override string TypeName => "Duration";

    public override bool IsTruthy => true;

    /// <summary>A duration; without years and months it is a plain difference of times.</summary>
    public static Value Of(IsoDuration duration) => duration.IsCalendar ? new DurationValue(duration) : TimedeltaValue.Of(duration.Exact);

    public Value? Operate(BinaryOperator operation, in Value left, in Value right)
    {
        if (operation == BinaryOperator.Multiply)
            return Scale(Numbers.IsInteger(left) ? left : right);
        if (operation is not (BinaryOperator.Add or BinaryOperator.Subtract))
            return null;
        if (left.AsObject is DatetimeValue datetime)
            return datetime.Shift(duration, operation == BinaryOperator.Subtract);
        if (left.AsObject is DateValue date)
            return date.Shift(duration, operation == BinaryOperator.Subtract);
        if (operation == BinaryOperator.Add && right.AsObject is DatetimeValue or DateValue)
            return Operate(operation, right, left);
        if (Calendar(left) is not { } a || Calendar(right) is not { } b)
            return null;
        var sign = operation == BinaryOperator.Add ? 1 : -1;
        return new DurationValue(new IsoDuration(a.Years + (sign * b.Years), a.Months + (sign * b.Months), a.Exact + (sign * b.Exact)));
    }

    public bool TryGetProperty(string name, out Value value)
    {
        if (name is "years" or "months")
        {
            value = new DecimalValue(name == "years" ? duration.Years : duration.Months);
            return true;
        }

        if (name == "tdelta")
        {
            value = TimedeltaValue.Of(duration.Exact);
            return true;
        }

        return Access.TryAttribute(TimedeltaValue.Of(duration.Exact), name, out value);
    }

    internal override bool IsEqualTo(ObjectValue other, int depth) => other is DurationValue that
        && (duration.Years * 12) + duration.Months == (that.Duration.Years * 12) + that.Duration.Months && duration.Exact == that.Duration.Exact;

    internal override int HashCode() => HashCodeOf(duration);

    internal override void AppendText(StringBuilder target)
    {
        if (duration.Years != 0)
            target.Append(CultureInfo.InvariantCulture, $"{duration.Years} years, ");
        if (duration.Months != 0)
            target.Append(CultureInfo.InvariantCulture, $"{duration.Months} month{(duration.Months <= 1 ? "" : "s")}, ");
        ValueText.AppendText(target, TimedeltaValue.Of(duration.Exact));
    }

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        var exact = TimedeltaValue.Of(duration.Exact).AsObject!;
        ((IHasProperties)exact).TryGetProperty("days", out var days);
        ((IHasProperties)exact).TryGetProperty("seconds", out var seconds);
        ((IHasProperties)exact).TryGetProperty("microseconds", out var microseconds);
        target.Append(CultureInfo.InvariantCulture, $"isodate.duration.Duration({days}, {seconds}, {microseconds}, years={duration.Years}, months={duration.Months})");
    }

    private Value? Scale(in Value factor)
    {
        if (!Numbers.IsInteger(factor))
            return null;
        var times = Integers.ToIndex(factor);
        if (Math.Abs(times) > 1_000_000)
            throw ValueException.Overflow("the duration is too long");
        return new DurationValue(new IsoDuration(duration.Years * times, duration.Months * times, duration.Exact * times));
    }

    private static IsoDuration? Calendar(in Value value) => value.AsObject switch
    {
        DurationValue other => other.Duration,
        TimedeltaValue delta when Int128.Abs(delta.Microseconds) < long.MaxValue / 10 => new IsoDuration(0, 0, TimeSpan.FromMicroseconds((long)delta.Microseconds)),
        _ => null,
    };

    private static int HashCodeOf(IsoDuration duration) => System.HashCode.Combine((duration.Years * 12) + duration.Months, duration.Exact);
}

/// <summary>A decimal number, which only the years and months of durations are.</summary>
internal sealed class DecimalValue(decimal number) : ObjectValue
{
    public override string TypeName => "decimal.Decimal";

    public override bool IsTruthy => number != 0;

    internal override bool IsEqualTo(ObjectValue other, int depth) => other is DecimalValue that && that.HashCode() == HashCode();

    internal override int HashCode() => number.GetHashCode();

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append(CultureInfo.InvariantCulture, $"Decimal('{number}')");

    internal override void AppendText(StringBuilder target) => target.Append(number.ToString(CultureInfo.InvariantCulture));
}

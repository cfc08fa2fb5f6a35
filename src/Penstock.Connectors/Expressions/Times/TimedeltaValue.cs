using System.Numerics;
using System.Text;
using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Times;

/// <summary>A difference of times, to the microsecond, up to 999,999,999 days.</summary>
internal sealed class TimedeltaValue : ObjectValue, IOperand, IOrderedValue, IHasProperties, IHasMethods
{
    private const long MicrosecondsPerDay = 86_400_000_000;

    private TimedeltaValue(Int128 microseconds) => Microseconds = microseconds;

    public Int128 Microseconds { get; }

    public override string TypeName => "datetime.timedelta";

    public override bool IsTruthy => Microseconds != 0;

    public FunctionTable Methods => Table;

    private static FunctionTable Table { get; } = new()
    {
        { "total_seconds", "self, /", (_, a) => (double)((TimedeltaValue)a[0].AsObject!).Microseconds / 1e6 },
    };

    public static Value Of(TimeSpan span) => Of(span.Ticks / TimeSpan.TicksPerMicrosecond);

    public static Value Of(Int128 microseconds)
    {
        var (days, _) = DivMod(microseconds, MicrosecondsPerDay);
        return (long)days is >= -999_999_999 and <= 999_999_999
            ? new TimedeltaValue(microseconds)
            : throw ValueException.Overflow("a timedelta has more than 999999999 days");
    }

    public int? CompareTo(ObjectValue other) => other is TimedeltaValue delta ? Microseconds.CompareTo(delta.Microseconds) : null;

    public Value? Operate(BinaryOperator operation, in Value left, in Value right)
    {
        if (left.AsObject is TimedeltaValue a && right.AsObject is TimedeltaValue b)
            return Combine(operation, a.Microseconds, b.Microseconds);
        if (operation == BinaryOperator.Multiply)
            return Numbers.IsNumber(left) ? Scale(Microseconds, left) : Numbers.IsNumber(right) ? Scale(Microseconds, right) : (Value?)null;
        if (!ReferenceEquals(left.AsObject, this) || !Numbers.IsNumber(right))
            return null;
        return operation switch
        {
            BinaryOperator.Divide => Divide(Microseconds, right),
            BinaryOperator.FloorDivide when Numbers.IsInteger(right) => Of(DivMod(Microseconds, Divisor(right)).Quotient),
            _ => (Value?)null,
        };
    }

    public bool TryGetProperty(string name, out Value value)
    {
        var (days, rest) = DivMod(Microseconds, MicrosecondsPerDay);
        value = name switch
        {
            "days" => (long)days,
            "seconds" => (long)(rest / 1_000_000),
            "microseconds" => (long)(rest % 1_000_000),
            "resolution" => Of(1),
            "min" => Of(-999_999_999 * (Int128)MicrosecondsPerDay),
            "max" => Of((1_000_000_000 * (Int128)MicrosecondsPerDay) - 1),
            _ => default,
        };
        return !value.IsNone;
    }

    internal override bool IsEqualTo(ObjectValue other, int depth) => other is TimedeltaValue delta && delta.Microseconds == Microseconds;

    internal override int HashCode() => Microseconds.GetHashCode();

    internal override void AppendText(StringBuilder target)
    {
        var (days, rest) = DivMod(Microseconds, MicrosecondsPerDay);
        if (days != 0)
            target.Append($"{days} day{((long)days is 1 or -1 ? "" : "s")}, ");
        target.Append($"{rest / 3_600_000_000}:{rest / 60_000_000 % 60:00}:{rest / 1_000_000 % 60:00}");
        if (rest % 1_000_000 != 0)
            target.Append($".{rest % 1_000_000:000000}");
    }

    internal override void AppendRepr(StringBuilder target, int depth)
    {
        var (days, rest) = DivMod(Microseconds, MicrosecondsPerDay);
        string[] parts =
        [
            days == 0 ? "" : $"days={days}",
            rest / 1_000_000 == 0 ? "" : $"seconds={rest / 1_000_000}",
            rest % 1_000_000 == 0 ? "" : $"microseconds={rest % 1_000_000}",
        ];
        var given = string.Join(", ", parts.Where(p => p.Length > 0));
        target.Append($"datetime.timedelta({(given.Length == 0 ? "0" : given)})");
    }

    private static Value? Combine(BinaryOperator operation, Int128 a, Int128 b)
    {
        if (operation is BinaryOperator.Divide or BinaryOperator.FloorDivide or BinaryOperator.Modulo && b == 0)
            throw new ValueException(ValueErrorKind.ZeroDivision, "division by zero");
        return operation switch
        {
            BinaryOperator.Add => Of(a + b),
            BinaryOperator.Subtract => Of(a - b),
            BinaryOperator.Divide => TrueDivision.Divide((BigInteger)a, (BigInteger)b),
            BinaryOperator.FloorDivide => (long)DivMod(a, b).Quotient,
            BinaryOperator.Modulo => Of(DivMod(a, b).Remainder),
            _ => (Value?)null,
        };
    }

    private static Value Scale(Int128 microseconds, in Value factor)
    {
        if (Numbers.IsInteger(factor))
            return FromBig((BigInteger)microseconds * Numbers.ToInteger(factor));
        var (numerator, denominator) = FloatRatio.Of(Numbers.ToDouble(factor));
        return FromBig(FloatRatio.Round((BigInteger)microseconds * numerator, denominator));
    }

    private static Value Divide(Int128 microseconds, in Value divisor)
    {
        if (Numbers.IsInteger(divisor))
            return FromBig(FloatRatio.Round((BigInteger)microseconds, Divisor(divisor)));
        var (numerator, denominator) = FloatRatio.Of(Numbers.ToDouble(divisor));
        if (numerator.IsZero)
            throw new ValueException(ValueErrorKind.ZeroDivision, "division by zero");
        return FromBig(FloatRatio.Round((BigInteger)microseconds * denominator, numerator));
    }

    private static Int128 Divisor(in Value value)
    {
        var number = Numbers.ToInteger(value);
        if (number.IsZero)
            throw new ValueException(ValueErrorKind.ZeroDivision, "division by zero");
        return number.GetBitLength() < 120 ? (Int128)number : throw ValueException.Overflow("the integer is too large here");
    }

    private static Value FromBig(BigInteger microseconds) =>
        microseconds.GetBitLength() < 120 ? Of((Int128)microseconds) : throw ValueException.Overflow("a timedelta has more than 999999999 days");

    public static (Int128 Quotient, Int128 Remainder) DivMod(Int128 a, Int128 b)
    {
        var (quotient, remainder) = Int128.DivRem(a, b);
        return remainder != 0 && (remainder < 0) != (b < 0) ? (quotient - 1, remainder + b) : (quotient, remainder);
    }
}

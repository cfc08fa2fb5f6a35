using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Arithmetic of booleans, integers and floats: integers are unlimited, <c>/</c> gives a float, <c>//</c> and <c>%</c> round down.</summary>
internal static class NumberArithmetic
{
    public static Value Apply(Evaluation evaluation, BinaryOperator operation, in Value left, in Value right)
    {
        if (left.TryGetIndex(out var a) && right.TryGetIndex(out var b) && TrySmall(operation, a, b) is { } small)
            return small;
        if (Numbers.IsInteger(left) && Numbers.IsInteger(right))
            return Integer(evaluation, operation, Numbers.ToInteger(left), Numbers.ToInteger(right));
        return Float(operation, Numbers.ToDouble(left), Numbers.ToDouble(right));
    }

    private static Value? TrySmall(BinaryOperator operation, long a, long b)
    {
        switch (operation)
        {
            case BinaryOperator.Add when a + b is var sum && ((a ^ sum) & (b ^ sum)) >= 0:
                return sum;
            case BinaryOperator.Subtract when a - b is var difference && ((a ^ b) & (a ^ difference)) >= 0:
                return difference;
            case BinaryOperator.Multiply when Math.BigMul(a, b, out var product) is var high && high == product >> 63:
                return product;
            default:
                return null;
        }
    }

    private static Value Integer(Evaluation evaluation, BinaryOperator operation, BigInteger a, BigInteger b)
    {
        evaluation.Integer(operation == BinaryOperator.Multiply ? a.GetBitLength() + b.GetBitLength() : 0);
        switch (operation)
        {
            case BinaryOperator.Add:
                return Value.Of(a + b);
            case BinaryOperator.Subtract:
                return Value.Of(a - b);
            case BinaryOperator.Multiply:
                return Value.Of(a * b);
            case BinaryOperator.Power:
                return Power(evaluation, a, b);
            case var _ when b.IsZero:
                throw DivisionByZero();
            case BinaryOperator.Divide:
                return TrueDivision.Divide(a, b);
            case BinaryOperator.FloorDivide:
                return Value.Of(FloorDivide(a, b));
            default:
                return Value.Of(a - (FloorDivide(a, b) * b));
        }
    }

    private static BigInteger FloorDivide(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return !remainder.IsZero && (remainder.Sign < 0) != (b.Sign < 0) ? quotient - 1 : quotient;
    }

    private static Value Power(Evaluation evaluation, BigInteger a, BigInteger b)
    {
        if (b.Sign < 0)
            return Float(BinaryOperator.Power, Numbers.ToDouble(Value.Of(a)), Numbers.ToDouble(Value.Of(b)));
        if (a.IsZero || a.IsOne || b.IsZero)
            return b.IsZero ? 1L : Value.Of(a);
        if (a == BigInteger.MinusOne)
            return b.IsEven ? 1L : -1L;
        evaluation.Integer(b > int.MaxValue ? long.MaxValue : a.GetBitLength() * (long)b);
        return Value.Of(BigInteger.Pow(a, (int)b));
    }

    private static Value Float(BinaryOperator operation, double a, double b)
    {
        switch (operation)
        {
            case BinaryOperator.Add:
                return a + b;
            case BinaryOperator.Subtract:
                return a - b;
            case BinaryOperator.Multiply:
                return a * b;
            case BinaryOperator.Power:
                return FloatPower(a, b);
            case var _ when b == 0:
                throw DivisionByZero();
            case BinaryOperator.Divide:
                return a / b;
            case BinaryOperator.FloorDivide:
                return DivMod(a, b).Quotient;
            default:
                return DivMod(a, b).Remainder;
        }
    }

    private static Value FloatPower(double a, double b)
    {
        if (a == 0 && b < 0)
            throw DivisionByZero();
        if (a < 0 && double.IsFinite(a) && double.IsFinite(b) && Math.Floor(b) != b)
            return new ComplexValue(Complex.Pow(a, b));
        var power = Math.Pow(a, b);
        if (double.IsInfinity(power) && double.IsFinite(a) && double.IsFinite(b))
            throw ValueException.Overflow("the result of a power is too large");
        return power;
    }

    // CPython's float_divmod, with its care for the last bit and for signed zeros.
    private static (double Quotient, double Remainder) DivMod(double a, double b)
    {
        var remainder = a % b;
        var quotient = (a - remainder) / b;
        if (remainder != 0)
        {
            if ((b < 0) != (remainder < 0))
                (remainder, quotient) = (remainder + b, quotient - 1);
        }
        else
        {
            remainder = Math.CopySign(0, b);
        }

        if (quotient == 0)
            return (Math.CopySign(0, a / b), remainder);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, remainder);
    }

    private static ValueException DivisionByZero() => new(ValueErrorKind.ZeroDivision, "division by zero");
}

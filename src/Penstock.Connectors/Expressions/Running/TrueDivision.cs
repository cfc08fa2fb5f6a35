using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Integer / integer, rounded once to the nearest double, however large the integers are.</summary>
internal static class TrueDivision
{
    public static double Divide(BigInteger dividend, BigInteger divisor)
    {
        if (BigInteger.Abs(dividend) <= 1L << 53 && BigInteger.Abs(divisor) <= 1L << 53)
            return (double)dividend / (double)divisor;
        var negative = (dividend.Sign < 0) != (divisor.Sign < 0);
        var (a, b) = (BigInteger.Abs(dividend), BigInteger.Abs(divisor));
        // Scale so that the quotient has 66 bits or so: more than a double holds, and the remainder becomes a sticky bit.
        var shift = (int)Math.Min(66 - (a.GetBitLength() - b.GetBitLength()), 1200);
        var quotient = BigInteger.DivRem(shift > 0 ? a << shift : a, shift < 0 ? b << -shift : b, out var remainder);
        var result = Scale(remainder.IsZero ? quotient : quotient | BigInteger.One, -shift);
        if (double.IsInfinity(result))
            throw ValueException.Overflow("integer division result too large for a float");
        return negative ? -result : result;
    }

    private static double Scale(BigInteger mantissa, int exponent)
    {
        // Rounding to the bits that remain, once, half to even.
        var drop = (int)mantissa.GetBitLength() - 53;
        drop = Math.Max(drop, -1074 - exponent);
        if (drop > 0)
        {
            var half = BigInteger.One << (drop - 1);
            var rest = mantissa & ((half << 1) - 1);
            mantissa >>= drop;
            if (rest > half || (rest == half && !mantissa.IsEven))
                mantissa += 1;
            exponent += drop;
        }

        return Math.ScaleB((double)mantissa, exponent);
    }
}

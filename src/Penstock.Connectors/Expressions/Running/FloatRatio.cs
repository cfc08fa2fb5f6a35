using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Doubles as exact fractions.</summary>
internal static class FloatRatio
{
    /// <summary>The float as numerator and denominator, the latter positive, in lowest terms.</summary>
    public static (BigInteger Numerator, BigInteger Denominator) Of(double number)
    {
        if (double.IsNaN(number))
            throw ValueException.Bad("cannot convert NaN to integer ratio");
        if (double.IsInfinity(number))
            throw ValueException.Overflow("cannot convert Infinity to integer ratio");
        var exponent = 0;
        while (Math.Floor(number) != number)
        {
            number *= 2;
            exponent++;
        }

        return (new BigInteger(number), BigInteger.One << exponent);
    }

    /// <summary>Divides and rounds half to even.</summary>
    public static BigInteger Round(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign < 0)
            (numerator, denominator) = (-numerator, -denominator);
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        if (remainder.Sign < 0)
            (quotient, remainder) = (quotient - 1, remainder + denominator);
        var twice = (remainder << 1).CompareTo(denominator);
        return twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}

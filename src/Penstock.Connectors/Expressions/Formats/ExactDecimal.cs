using System.Numerics;

namespace Penstock.Connectors.Expressions.Formats;

/// <summary>Digits of doubles, rounded from their exact value, half to even, as C does.</summary>
internal static class ExactDecimal
{
    /// <summary>The digits of |number| × 10^decimals, rounded to an integer.</summary>
    public static BigInteger Scaled(double number, int decimals)
    {
        var (mantissa, exponent) = Split(Math.Abs(number));
        var numerator = mantissa * (decimals > 0 ? BigInteger.Pow(10, decimals) : BigInteger.One) * (exponent > 0 ? BigInteger.One << exponent : BigInteger.One);
        var denominator = (decimals < 0 ? BigInteger.Pow(10, -decimals) : BigInteger.One) * (exponent < 0 ? BigInteger.One << -exponent : BigInteger.One);
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        var twice = (remainder << 1).CompareTo(denominator);
        return twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    // No double has digits behind this one: what follows are zeros.
    private const int MaximumDecimals = 1100;

    /// <summary><c>%f</c> without a sign.</summary>
    public static string Fixed(double number, int decimals)
    {
        if (decimals > MaximumDecimals)
            return Fixed(number, MaximumDecimals) + new string('0', decimals - MaximumDecimals);
        var digits = Scaled(number, decimals).ToString().PadLeft(decimals + 1, '0');
        return decimals == 0 ? digits : digits[..^decimals] + "." + digits[^decimals..];
    }

    /// <summary>So many significant digits, and the power of ten of the first.</summary>
    public static (string Digits, int Exponent) Significant(double number, int count)
    {
        if (number == 0)
            return (new string('0', count), 0);
        if (count > MaximumDecimals)
        {
            var (head, power) = Significant(number, MaximumDecimals);
            return (head.PadRight(count, '0'), power);
        }

        var exponent = (int)Math.Floor(Math.Log10(Math.Abs(number)));
        // The logarithm may be off by one at powers of ten, and rounding may carry into a new digit.
        for (exponent--; ; exponent++)
        {
            var digits = Scaled(number, count - 1 - exponent).ToString();
            if (digits.Length <= count)
                return (digits.PadRight(count, '0'), exponent);
        }
    }

    private static (BigInteger Mantissa, int Exponent) Split(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var fraction = bits & 0xfffffffffffffL;
        return exponent == 0 ? (fraction, -1074) : (fraction | (1L << 52), exponent - 1075);
    }
}

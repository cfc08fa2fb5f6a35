using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Expressions.Formats;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Python's <c>round</c>: half to even, by the exact value of a float.</summary>
internal static class Rounding
{
    public static Value Round(in Value value, in Value precision)
    {
        if (!Numbers.IsNumber(value))
            throw ValueException.Type($"type {value.TypeName} doesn't define __round__ method");
        if (value.TryGetFloat(out var number))
            return precision.IsNone ? Value.Of(Conversions.ToInteger(Math.Round(number, MidpointRounding.ToEven))) : Round(number, Integers.ToIndex(precision));
        var integer = Numbers.ToInteger(value);
        var digits = precision.IsNone ? 0 : Integers.ToIndex(precision);
        if (digits >= 0)
            return Value.Of(integer);
        if (-digits > IntegerText.MaximumDigits)
            return 0L;
        var unit = BigInteger.Pow(10, (int)-digits);
        return Value.Of(FloatRatio.Round(integer, unit) * unit);
    }

    private static double Round(double number, long digits)
    {
        // A double has no digits beyond the 323rd, and none left of the 309th.
        if (!double.IsFinite(number) || digits > 323)
            return number;
        if (digits < -308)
            return Math.CopySign(0, number);
        var scaled = ExactDecimal.Scaled(number, (int)digits);
        var rounded = double.Parse($"{scaled}e{-digits}", NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(rounded))
            throw ValueException.Overflow("rounded value too large to represent");
        return Math.CopySign(rounded, number);
    }
}

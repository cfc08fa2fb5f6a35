using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>The methods of integers (booleans too) and floats.</summary>
internal static class NumberMethods
{
    public static FunctionTable Integers { get; } = new()
    {
        { "as_integer_ratio", "self, /", (_, a) => new TupleValue(Whole(a), 1L) },
        { "bit_count", "self, /", (_, a) => BitCount(BigInteger.Abs(Numbers.ToInteger(a[0]))) },
        { "bit_length", "self, /", (_, a) => BitLength(BigInteger.Abs(Numbers.ToInteger(a[0]))) },
        { "conjugate", "self, /", (_, a) => Whole(a) },
        { "is_integer", "self, /", (_, _) => true },
    };

    public static FunctionTable Floats { get; } = new()
    {
        { "as_integer_ratio", "self, /", (_, a) => Ratio(a[0]) },
        { "conjugate", "self, /", (_, a) => a[0] },
        { "hex", "self, /", (_, a) => Hex(Numbers.ToDouble(a[0])) },
        { "is_integer", "self, /", (_, a) => Numbers.ToDouble(a[0]) is var number && double.IsFinite(number) && Math.Floor(number) == number },
    };

    private static Value Whole(Value[] a) => Value.Of(Numbers.ToInteger(a[0]));

    private static Value BitLength(BigInteger number) => number.IsZero ? 0L : (long)number.GetBitLength();

    private static Value BitCount(BigInteger number) => number.ToByteArray().Sum(b => (long)BitOperations.PopCount(b));

    private static TupleValue Ratio(in Value value)
    {
        var (numerator, denominator) = FloatRatio.Of(Numbers.ToDouble(value));
        return new TupleValue(Value.Of(numerator), Value.Of(denominator));
    }

    private static string Hex(double number)
    {
        if (!double.IsFinite(number))
            return FloatText.Repr(number);
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)((bits >> 52) & 0x7ff);
        var sign = bits < 0 ? "-" : "";
        if (number == 0)
            return sign + "0x0.0p+0";
        var power = exponent == 0 ? -1022 : exponent - 1023;
        return string.Create(CultureInfo.InvariantCulture, $"{sign}0x{(exponent == 0 ? 0 : 1)}.{bits & 0xfffffffffffffL:x13}p{(power < 0 ? "" : "+")}{power}");
    }
}

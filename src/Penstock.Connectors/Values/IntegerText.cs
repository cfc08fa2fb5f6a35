using System.Globalization;
using System.Numerics;

namespace Penstock.Connectors.Values;

/// <summary>Integers as decimal text, with CPython's limit (<c>sys.set_int_max_str_digits</c>): conversion is quadratic.</summary>
internal static class IntegerText
{
    public const int MaximumDigits = 4300;

    public static string Format(BigInteger number)
    {
        if (number.GetBitLength() > MaximumDigits * 10 / 3)
            throw TooLong();
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.Length - (number.Sign < 0 ? 1 : 0) <= MaximumDigits ? text : throw TooLong();
    }

    private static ValueException TooLong() =>
        ValueException.Bad($"Exceeds the limit ({MaximumDigits} digits) for integer string conversion");
}

using System.Numerics;
using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Formats;

/// <summary>The digits of an integer in a base, with the base's prefix.</summary>
internal static class IntegerDigits
{
    /// <summary>Formats a number that isn't negative.</summary>
    /// <param name="number">The number.</param>
    /// <param name="type"><c>d x X o b</c>.</param>
    /// <returns>The digits are null if the type isn't one of an integer.</returns>
    public static (string Prefix, string? Digits) Format(BigInteger number, char type) => type switch
    {
        'd' or 'i' or 'u' => ("", IntegerText.Format(number)),
        'x' => ("0x", InPowerOfTwo(number, 4)),
        'X' => ("0X", InPowerOfTwo(number, 4).ToUpperInvariant()),
        'o' => ("0o", InPowerOfTwo(number, 3)),
        'b' => ("0b", InPowerOfTwo(number, 1)),
        _ => ("", null),
    };

    /// <summary>The character of a code point.</summary>
    public static string Character(BigInteger code)
    {
        if (code < 0 || code > 0x10ffff)
            throw ValueException.Overflow("%c arg not in range(0x110000)");
        return code <= 0xffff ? ((char)(int)code).ToString() : char.ConvertFromUtf32((int)code);
    }

    private static string InPowerOfTwo(BigInteger number, int bits)
    {
        var result = new StringBuilder();
        var mask = (1 << bits) - 1;
        do
        {
            result.Insert(0, "0123456789abcdef"[(int)(number & mask)]);
            number >>= bits;
        }
        while (!number.IsZero);
        return result.ToString();
    }
}

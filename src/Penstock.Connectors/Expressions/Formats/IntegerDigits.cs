using System.Globalization;
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
        if (bits != 3)
            return TrimZeros(number.ToString(bits == 4 ? "x" : "b", CultureInfo.InvariantCulture));
        var binary = number.ToString("b", CultureInfo.InvariantCulture);
        binary = binary.PadLeft((binary.Length + 2) / 3 * 3, '0');
        var octal = new StringBuilder();
        for (var i = 0; i < binary.Length; i += 3)
            octal.Append((char)('0' + ((binary[i] - '0') * 4) + ((binary[i + 1] - '0') * 2) + binary[i + 2] - '0'));
        return TrimZeros(octal.ToString());
    }

    private static string TrimZeros(string digits) => digits.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0";
}

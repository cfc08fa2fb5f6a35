using System.Globalization;
using System.Numerics;

namespace Penstock.Connectors.Values;

/// <summary>Integers as text, with CPython's limit (<c>sys.set_int_max_str_digits</c>): conversion is quadratic.</summary>
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

    /// <summary>Reads digits with single underscores between them and, for the bases that have one, a prefix.</summary>
    /// <param name="text">Without sign and white space.</param>
    /// <param name="numberBase">2 to 36; 0 takes it from the prefix, and then decimals have no leading zeros.</param>
    /// <param name="number">The integer.</param>
    public static bool TryParse(string text, int numberBase, out BigInteger number)
    {
        number = BigInteger.Zero;
        var digits = text.AsSpan();
        var prefixBase = digits.Length > 2 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (prefixBase != 0 && (numberBase == 0 || numberBase == prefixBase))
        {
            numberBase = prefixBase;
            digits = digits[2] == '_' ? digits[3..] : digits[2..];
        }
        else if (numberBase == 0)
        {
            if (digits.Length > 1 && digits[0] == '0' && digits.ContainsAnyExcept('0', '_'))
                return false;
            numberBase = 10;
        }

        if (digits.IsEmpty || digits[0] == '_' || digits[^1] == '_' || digits.IndexOf("__") >= 0)
            return false;
        if (digits.Length > MaximumDigits && (numberBase & (numberBase - 1)) != 0)
            throw TooLong();
        return TryAccumulate(digits, numberBase, out number);
    }

    private static bool TryAccumulate(ReadOnlySpan<char> digits, int numberBase, out BigInteger number)
    {
        number = BigInteger.Zero;
        long small = 0;
        var useSmall = true;
        foreach (var c in digits)
        {
            if (c == '_')
                continue;
            var digit = Digit(c);
            if (digit < 0 || digit >= numberBase)
                return false;
            if (useSmall && small > (long.MaxValue - digit) / numberBase)
                (useSmall, number) = (false, small);
            if (useSmall)
                small = (small * numberBase) + digit;
            else
                number = (number * numberBase) + digit;
        }

        if (useSmall)
            number = small;
        return true;
    }

    private static int Digit(char c)
    {
        if (char.IsAsciiLetter(c))
            return char.ToLowerInvariant(c) - 'a' + 10;
        return char.IsDigit(c) ? (int)char.GetNumericValue(c) : -1;
    }

    private static ValueException TooLong() =>
        ValueException.Bad($"Exceeds the limit ({MaximumDigits} digits) for integer string conversion");
}

using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Expressions.Syntax;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Literals;

/// <summary>Numbers of literals: integers of every base, floats, imaginary numbers, with underscores between digits.</summary>
internal static class LiteralNumber
{
    public static bool TryRead(LiteralScanner scanner, out Value value)
    {
        value = default;
        var (text, start) = (scanner.Text, scanner.Position);
        var prefixed = DigitRun.PrefixedLength(text, start);
        var after = start + (prefixed > 0 ? prefixed : DecimalLength(text, start));
        var isImaginary = prefixed == 0 && after > start && after < text.Length && text[after] is 'j' or 'J';
        var end = isImaginary ? after + 1 : after;
        if (after == start || (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.')))
            return false;
        if (!TryConvert(text[start..after], isImaginary, prefixed > 0, out value))
            return false;
        scanner.Position = end;
        scanner.SkipBlanks();
        return true;
    }

    // 5, 5., .5, 5.5, each with or without an exponent.
    private static int DecimalLength(string text, int start)
    {
        var whole = DigitRun.Length(text, start, char.IsAsciiDigit);
        var end = start + whole;
        if (end < text.Length && text[end] == '.')
        {
            var fraction = DigitRun.Length(text, end + 1, char.IsAsciiDigit);
            if (whole + fraction == 0)
                return 0;
            end += 1 + fraction;
        }

        return end + DigitRun.ExponentLength(text, end) - start;
    }

    private static bool TryConvert(string text, bool imaginary, bool hasBase, out Value value)
    {
        value = default;
        if (hasBase || (!imaginary && !text.AsSpan().ContainsAny(".eE")))
        {
            if (!IntegerText.TryParse(text, numberBase: 0, out var integer))
                return false;
            value = Value.Of(integer);
            return true;
        }

        var number = double.Parse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture);
        value = imaginary ? new ComplexValue(new Complex(0, number)) : number;
        return true;
    }
}

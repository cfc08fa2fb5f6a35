using System.Globalization;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Syntax;

/// <summary>Numbers in expressions: <c>1_000</c>, <c>0x1F</c>, <c>1e3</c>, but not <c>.5</c> nor <c>5.</c>.</summary>
internal static class NumberToken
{
    public static (Value Value, int Length) Read(string source, int position)
    {
        // "x.1.2" is two subscripts: a float doesn't begin right after a dot.
        var floatLength = position > 0 && source[position - 1] == '.' ? 0 : FloatLength(source, position);
        if (floatLength > 0)
            return (double.Parse(source.Substring(position, floatLength).Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture), floatLength);
        var length = IntegerLength(source, position);
        if (!IntegerText.TryParse(source.Substring(position, length), numberBase: 0, out var value))
            throw new SyntaxException($"an integer has more than {IntegerText.MaximumDigits} digits", position);
        return (Value.Of(value), length);
    }

    private static int FloatLength(string source, int position)
    {
        var whole = DigitRun.Length(source, position, char.IsAsciiDigit);
        var afterWhole = position + whole;
        var fraction = afterWhole < source.Length && source[afterWhole] == '.' ? DigitRun.Length(source, afterWhole + 1, char.IsAsciiDigit) : 0;
        var afterFraction = fraction > 0 ? afterWhole + 1 + fraction : afterWhole;
        var exponent = DigitRun.ExponentLength(source, afterFraction);
        return fraction + exponent == 0 ? 0 : afterFraction + exponent - position;
    }

    // A zero begins no longer decimal: 007 is 00 and 7.
    private static int IntegerLength(string source, int position)
    {
        var prefixed = DigitRun.PrefixedLength(source, position);
        if (prefixed > 0)
            return prefixed;
        return source[position] == '0'
            ? DigitRun.Length(source, position, c => c == '0')
            : DigitRun.Length(source, position, char.IsAsciiDigit);
    }
}

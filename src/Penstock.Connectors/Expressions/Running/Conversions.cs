using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Python's <c>int()</c> and <c>float()</c>.</summary>
internal static class Conversions
{
    /// <summary>A float without its fraction.</summary>
    public static BigInteger ToInteger(double number)
    {
        if (double.IsNaN(number))
            throw ValueException.Bad("cannot convert float NaN to integer");
        return double.IsFinite(number) ? new BigInteger(number) : throw ValueException.Overflow("cannot convert float infinity to integer");
    }

    /// <summary>Any number without its fraction, or a text of digits.</summary>
    public static BigInteger ToInteger(in Value value, int numberBase = 10)
    {
        if (Numbers.IsInteger(value))
            return Numbers.ToInteger(value);
        if (value.TryGetFloat(out var number))
            return ToInteger(number);
        if (value.AsObject is UndefinedValue undefined)
            throw undefined.Error();
        var text = value.AsText ?? Bytes(value);
        if (text is null)
            throw ValueException.Type($"int() argument must be a string, a bytes-like object or a real number, not '{value.TypeName}'");
        if (numberBase is not (0 or (>= 2 and <= 36)))
            throw ValueException.Bad("int() base must be >= 2 and <= 36, or 0");
        var digits = TextTrimming.Trim(text, Value.None, start: true, end: true);
        var sign = digits.StartsWith('-') ? -1 : 1;
        if (digits.StartsWith('-') || digits.StartsWith('+'))
            digits = digits[1..];
        return IntegerText.TryParse(digits, numberBase, out var integer) ? sign * integer : throw ValueException.Bad("invalid literal for int()");
    }

    /// <summary>Any number, or a text that is one.</summary>
    public static double ToFloat(in Value value)
    {
        if (Numbers.IsNumber(value))
            return Numbers.ToDouble(value);
        if (value.AsObject is UndefinedValue undefined)
            throw undefined.Error();
        if ((value.AsText ?? Bytes(value)) is not { } text)
            throw ValueException.Type($"float() argument must be a string or a real number, not '{value.TypeName}'");
        return TryParse(TextTrimming.Trim(text, Value.None, start: true, end: true), out var number)
            ? number
            : throw ValueException.Bad("could not convert string to float");
    }

    private static string? Bytes(in Value value) =>
        value.AsObject is BytesValue bytes ? System.Text.Encoding.Latin1.GetString(bytes.Content.Span) : null;

    private static bool TryParse(string text, out double number)
    {
        number = 0;
        if (text.Length == 0)
            return false;
        var unsigned = text[0] is '+' or '-' ? text[1..] : text;
        var special = unsigned.ToLowerInvariant() switch
        {
            "inf" or "infinity" => double.PositiveInfinity,
            "nan" => double.NaN,
            _ => 0,
        };
        if (special != 0)
        {
            number = text[0] == '-' ? -special : special;
            return true;
        }

        var digits = string.Concat(unsigned.Select(c => char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c));
        // Underscores stand between digits only.
        for (var i = digits.IndexOf('_'); i >= 0; i = digits.IndexOf('_', i + 1))
        {
            if (i == 0 || i + 1 == digits.Length || !char.IsAsciiDigit(digits[i - 1]) || !char.IsAsciiDigit(digits[i + 1]))
                return false;
        }

        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var read = double.TryParse(digits.Replace("_", ""), Styles, CultureInfo.InvariantCulture, out number);
        number = text[0] == '-' ? -number : number;
        return read;
    }
}

using System.Globalization;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Formats;

/// <summary>The types <c>e f g %</c> of format specifications, without sign and padding.</summary>
internal static class FloatFormat
{
    public static string Format(double number, char type, int precision, bool alternate)
    {
        var magnitude = Math.Abs(number);
        var isUpper = char.IsUpper(type);
        var text = !double.IsFinite(number)
            ? (double.IsNaN(number) ? "nan" : "inf") + (type == '%' ? "%" : "")
            : char.ToLowerInvariant(type) switch
            {
                'e' => Scientific(magnitude, precision < 0 ? 6 : precision, alternate),
                'f' => Fixed(magnitude, precision < 0 ? 6 : precision, alternate),
                '%' => Fixed(magnitude * 100, precision < 0 ? 6 : precision, alternate) + "%",
                'g' or 'n' => General(magnitude, precision < 0 ? 6 : precision, alternate, atLeastOneDecimal: false),
                _ => precision < 0 ? FloatText.Repr(magnitude) : General(magnitude, precision, alternate, atLeastOneDecimal: true),
            };
        return isUpper ? text.ToUpperInvariant() : text;
    }

    private static string Fixed(double number, int precision, bool alternate) =>
        ExactDecimal.Fixed(number, precision) + (alternate && precision == 0 ? "." : "");

    private static string Scientific(double number, int precision, bool alternate)
    {
        var (digits, exponent) = ExactDecimal.Significant(number, precision + 1);
        return digits[..1] + (precision > 0 || alternate ? "." : "") + digits[1..] + Exponent(exponent);
    }

    private static string General(double number, int precision, bool alternate, bool atLeastOneDecimal)
    {
        precision = Math.Max(precision, 1);
        var (digits, exponent) = ExactDecimal.Significant(number, precision);
        if (!alternate)
            digits = digits.TrimEnd('0') is { Length: > 0 } trimmed ? trimmed : "0";
        // Without a type letter a float always shows a point, and turns to an exponent one digit sooner.
        if (exponent < -4 || exponent >= (atLeastOneDecimal ? Math.Max(precision - 1, 1) : precision))
            return digits[..1] + (digits.Length > 1 || alternate ? "." : "") + digits[1..] + Exponent(exponent);
        if (exponent < 0)
            return "0." + new string('0', -exponent - 1) + digits;
        digits = digits.PadRight(exponent + 1, '0');
        var fraction = digits[(exponent + 1)..];
        return digits[..(exponent + 1)] + (fraction.Length > 0 || alternate ? "." : "") + fraction + (fraction.Length == 0 && atLeastOneDecimal && !alternate ? ".0" : "");
    }

    private static string Exponent(int exponent) =>
        "e" + (exponent < 0 ? "-" : "+") + Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Penstock.Connectors.Values;

/// <summary>Python's <c>repr</c> of floats: the shortest digits that read back the same, exponent from 1e16 and below 1e-4.</summary>
internal static class FloatText
{
    /// <summary>Formats a float.</summary>
    /// <param name="number">The float.</param>
    /// <param name="alwaysFraction">Whether a whole number gets <c>.0</c>.</param>
    /// <param name="jsonExponent">Whether an exponent is written <c>1e16</c> as in JSON rather than <c>1e+16</c>.</param>
    public static string Repr(double number, bool alwaysFraction = true, bool jsonExponent = false)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        var magnitude = Math.Abs(number);
        if (magnitude < 1e15 && Math.Floor(number) == number && !(number == 0 && double.IsNegative(number)))
            return ((long)number).ToString(CultureInfo.InvariantCulture) + (alwaysFraction ? ".0" : "");
        // In this range .NET writes the same shortest digits without an exponent.
        if (magnitude is >= 1e-4 and < 1e15 && Math.Floor(number) != number)
            return number.ToString(CultureInfo.InvariantCulture);
        var (digits, exponent) = Digits(magnitude);
        var sign = double.IsNegative(number) ? "-" : "";
        return sign + (exponent is < -4 or >= 16 ? Scientific(digits, exponent, jsonExponent) : Fixed(digits, exponent, alwaysFraction));
    }

    private static string Scientific(string digits, int exponent, bool jsonExponent)
    {
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return mantissa + "e" + (exponent < 0 ? "-" : jsonExponent ? "" : "+") + Math.Abs(exponent).ToString(jsonExponent ? "0" : "00");
    }

    private static string Fixed(string digits, int exponent, bool alwaysFraction)
    {
        if (exponent < 0)
            return "0." + new string('0', -exponent - 1) + digits;
        if (digits.Length <= exponent + 1)
            return digits.PadRight(exponent + 1, '0') + (alwaysFraction ? ".0" : "");
        return digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    /// <summary>The shortest significant digits and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Digits(double number)
    {
        if (number == 0)
            return ("0", 0);
        var text = number.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissaEnd = shortest.IndexOf('E');
        var mantissa = mantissaEnd < 0 ? shortest : shortest[..mantissaEnd];
        if (mantissaEnd >= 0)
            exponent = int.Parse(shortest.AsSpan(mantissaEnd + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        else if (mantissa.IndexOf('.') is var point && point != 1 && mantissa[0] != '0')
            exponent = (point < 0 ? mantissa.Length : point) - 1;
        var digits = mantissa.Replace(".", "").TrimStart('0').TrimEnd('0');
        return (digits, exponent);
    }
}

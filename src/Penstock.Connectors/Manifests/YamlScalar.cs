using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Manifests;

/// <summary>
/// The typing of plain scalars that public manifests were written for: YAML 1.1 as PyYAML's SafeLoader reads it. Dates stay
/// text, because every place of a manifest that takes a date takes text.
/// </summary>
internal static partial class YamlScalar
{
    public static object? Read(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
        "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
        ".nan" or ".NaN" or ".NAN" => double.NaN,
        _ when text[0] is not ((>= '0' and <= '9') or '+' or '-' or '.') => text,
        _ => (object?)Integer(text) ?? (object?)Float(text) ?? text,
    };

    private static BigInteger? Integer(string text)
    {
        if (!IntegerForm().IsMatch(text)) return null;
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var negative = digits[0] == '-';
        digits = digits.TrimStart('+', '-');
        BigInteger? size = digits switch
        {
            "0" => BigInteger.Zero,
            _ when digits.Contains(':') => Sexagesimal(digits),
            ['0', 'b', .. var binary] => Radix(binary, 2),
            ['0', 'x', .. var hex] => Radix(hex, 16),
            ['0', .. var octal] => Radix(octal, 8),
            _ => BigInteger.Parse(digits, CultureInfo.InvariantCulture),
        };
        return negative ? -size : size;
    }

    private static double? Float(string text)
    {
        if (!FloatForm().IsMatch(text)) return null;
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static BigInteger? Radix(string digits, int radix)
    {
        if (digits.Length is 0 or > 256) return null;
        return digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + Convert.ToInt32(digit.ToString(), 16));
    }

    private static BigInteger Sexagesimal(string digits) =>
        digits.Split(':').Aggregate(BigInteger.Zero, (sum, part) => (sum * 60) + BigInteger.Parse(part, CultureInfo.InvariantCulture));

    [GeneratedRegex("^[-+]?(?:0b[0-1_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$", RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$", RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex FloatForm();
}

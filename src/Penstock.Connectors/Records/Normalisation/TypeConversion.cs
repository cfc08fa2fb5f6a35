using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Normalisation;

/// <summary>Converts a value to the one type that a schema wants, as Python's constructors do; what can't be converted stays.</summary>
internal static class TypeConversion
{
    private static readonly string[] Simple = ["string", "number", "integer", "boolean", "null"];

    public static Value Convert(Value value, DictValue schema)
    {
        var type = schema.Find("type");
        if (value.IsNone && (type.AsText == "null" || type.AsList?.Elements.Contains("null") == true))
        {
            return value;
        }

        return OnlyType(type) switch
        {
            "string" => value.ToString(),
            "number" => ToFloat(value),
            "integer" => ToInteger(value),
            "boolean" => ToBoolean(value),
            "array" => ToList(value, schema),
            _ => value,
        };
    }

    private static string? OnlyType(Value type)
    {
        if (type.AsList is not { } types)
        {
            return type.AsText;
        }

        var wanted = types.Elements.Where(one => one.AsText != "null").ToList();
        return wanted.Count == 1 ? wanted[0].AsText : null;
    }

    private static Value ToFloat(Value value)
    {
        if (value.TryGetFloat(out _))
        {
            return value;
        }

        if (value.AsText is { } text)
        {
            return TryNumber(text, out var number) ? number : value;
        }

        return value.TryGetBool(out var flag) ? (flag ? 1.0 : 0.0) : value.TryGetInteger(out var integer) ? (double)integer : value;
    }

    private static bool TryNumber(string text, out double number)
    {
        var trimmed = text.Trim();
        number = trimmed.TrimStart('+', '-').ToLowerInvariant() switch
        {
            "inf" or "infinity" => trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => double.NaN,
            _ => 0,
        };
        return number != 0 || double.TryParse(
            Digits(trimmed), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
    }

    private static Value ToInteger(Value value)
    {
        if (value.TryGetInteger(out _))
        {
            return value;
        }

        if (value.AsText is { } text)
        {
            return BigInteger.TryParse(Digits(text.Trim()), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? Value.Of(integer) : value;
        }

        if (value.TryGetBool(out var flag))
        {
            return flag ? 1 : 0;
        }

        return value.TryGetFloat(out var number) && double.IsFinite(number) ? Value.Of(new BigInteger(Math.Truncate(number))) : value;
    }

    /// <summary>Python allows single underscores between digits.</summary>
    private static string Digits(string text)
    {
        for (var i = text.IndexOf('_'); i >= 0; i = text.IndexOf('_', i + 1))
        {
            if (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1]))
            {
                return text;
            }
        }

        return text.Replace("_", "");
    }

    private static Value ToBoolean(Value value) => value.AsText is not { } text ? value.IsTruthy : text.ToLowerInvariant().Trim() switch
    {
        "y" or "yes" or "t" or "true" or "on" or "1" => true,
        "n" or "no" or "f" or "false" or "off" or "0" => false,
        _ => value,
    };

    private static Value ToList(Value value, DictValue schema)
    {
        if (value.AsList is not null || value.AsDict is not null)
        {
            return value;
        }

        // The reference looks at the letters of a type that is a text, so that only a list of types, or none, lets a scalar be wrapped.
        var itemTypes = schema.Find("items").AsDict?.Find("type") ?? Value.None;
        var isSimple = itemTypes.IsNone || itemTypes.AsList?.Elements.TrueForAll(type => Simple.Contains(type.AsText)) == true;
        return isSimple ? new ListValue([value]) : value;
    }
}

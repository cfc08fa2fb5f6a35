using System.Numerics;
using System.Text.Json;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Cursors;

/// <summary>Reads cursor values by the first format that fits (<c>cursor_datetime_formats</c>, then <c>datetime_format</c>) and writes them.</summary>
internal sealed class CursorDatetimes
{
    private readonly DatetimeFormat[] _inputs;
    private readonly DatetimeFormat _output;

    public CursorDatetimes(string format, IEnumerable<string> inputFormats)
    {
        _output = DatetimeFormat.Of(format);
        _inputs = [.. inputFormats.Select(DatetimeFormat.Of), _output];
    }

    public string Formats => string.Join(", ", _inputs.Select(format => format.Text));

    public string Format(DateTimeOffset datetime) => _output.Format(datetime);

    public bool TryRead(in Value value, out DateTimeOffset datetime)
    {
        foreach (var format in _inputs)
            if (TryRead(format, value, out datetime)) return true;
        datetime = default;
        return false;
    }

    /// <summary>Reads a value from JSON in UTF-8. A text that isn't JSON is read as the text that it is.</summary>
    public bool TryRead(ReadOnlySpan<byte> json, out DateTimeOffset datetime)
    {
        datetime = default;
        if (json.IsEmpty) return false;
        return TryRead(Scalar(json), out datetime);
    }

    /// <summary>A record's cursor value as a value.</summary>
    public static Value Scalar(ReadOnlySpan<byte> json)
    {
        try
        {
            return ValueJsonReader.Read(json);
        }
        catch (JsonException)
        {
            return System.Text.Encoding.UTF8.GetString(json);
        }
    }

    private static bool TryRead(DatetimeFormat format, in Value value, out DateTimeOffset datetime)
    {
        if (value.AsText is { } text) return format.TryParse(text, out datetime);
        if (value.TryGetInteger(out var whole)) return format.TryParse(whole, out datetime);
        if (value.TryGetFloat(out var number)) return format.TryParse(number, out datetime);
        if (value.TryGetBool(out var flag)) return format.TryParse(flag ? BigInteger.One : BigInteger.Zero, out datetime);
        datetime = default;
        return false;
    }
}

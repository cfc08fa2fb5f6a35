using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Datetimes;

/// <summary>
/// A datetime format as manifests write it: Python's <c>strptime</c>/<c>strftime</c> directives, and the special formats
/// <c>%s</c>, <c>%s_as_float</c>, <c>%ms</c>, <c>%epoch_microseconds</c> (only as the whole format) and <c>%_ms</c> (anywhere).
/// </summary>
/// <remarks>Precision is a microsecond. A text without an offset is UTC. Years go from 1 to 9999.</remarks>
public abstract class DatetimeFormat
{
    private const int MostCached = 1000;
    private static readonly ConcurrentDictionary<string, DatetimeFormat> Cache = new(StringComparer.Ordinal);

    private protected DatetimeFormat(string text) => Text = text;

    /// <summary>The format as it was written.</summary>
    public string Text { get; }

    /// <summary>Gives the format for its text. The text may be anything: a format that can't be parsed with parses nothing.</summary>
    /// <param name="text">The format, for example <c>%Y-%m-%dT%H:%M:%SZ</c>.</param>
    public static DatetimeFormat Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Cache.TryGetValue(text, out var known)) return known;
        DatetimeFormat made = text switch
        {
            "%s" or "%ms" or "%epoch_microseconds" or "%s_as_float" => EpochFormat.For(text),
            _ => new DirectiveFormat(text),
        };
        // Formats may come from templates, so their number has a bound.
        if (Cache.Count < MostCached) Cache[text] = made;
        return made;
    }

    /// <summary>Reads a text; false if it doesn't fit the format.</summary>
    /// <param name="value">The text.</param>
    /// <param name="datetime">The datetime, with the text's own offset or UTC.</param>
    public abstract bool TryParse(string value, out DateTimeOffset datetime);

    /// <summary>Reads a whole number; false if it doesn't fit the format.</summary>
    /// <param name="value">The number, for example epoch seconds.</param>
    /// <param name="datetime">The datetime.</param>
    public virtual bool TryParse(BigInteger value, out DateTimeOffset datetime) =>
        TryParse(value.ToString(CultureInfo.InvariantCulture), out datetime);

    /// <summary>Reads a number; false if it doesn't fit the format.</summary>
    /// <param name="value">The number, for example epoch seconds with a fraction.</param>
    /// <param name="datetime">The datetime.</param>
    public virtual bool TryParse(double value, out DateTimeOffset datetime) => TryParse(FloatText.Repr(value), out datetime);

    /// <summary>Writes a datetime in this format.</summary>
    /// <param name="datetime">The datetime; its own offset counts, except for the epoch formats.</param>
    public abstract string Format(DateTimeOffset datetime);

    /// <summary>Reads a text by the first of several formats that fits.</summary>
    /// <param name="formats">The formats, the preferred first.</param>
    /// <param name="value">The text.</param>
    /// <param name="datetime">The datetime.</param>
    public static bool TryParseAny(IReadOnlyList<DatetimeFormat> formats, string value, out DateTimeOffset datetime)
    {
        ArgumentNullException.ThrowIfNull(formats);
        foreach (var format in formats)
            if (format.TryParse(value, out datetime)) return true;
        datetime = default;
        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

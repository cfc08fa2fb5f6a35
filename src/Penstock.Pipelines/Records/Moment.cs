using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Penstock.Pipelines.Records;

/// <summary>Reads instants out of JSON values: ISO 8601 texts, and numbers of seconds, milli-, micro- or nanoseconds since 1970.</summary>
internal static class Moment
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd",
    ];

    /// <summary>Reads a value; null if it is no instant.</summary>
    /// <param name="value">A JSON value: a text with its quotes, or a number.</param>
    public static DateTimeOffset? Read(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return null;
        if (value[0] == '"')
            return OfText(JsonSkim.Inside(value));
        return Utf8Parser.TryParse(value, out long number, out int length) && length == value.Length ? OfNumber(number) : null;
    }

    /// <summary>Reads an ISO 8601 text; null if it is none. Without an offset it is UTC's, as in Airbyte.</summary>
    public static DateTimeOffset? OfText(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 10 or > 40 || text[4] != '-')
            return null;
        if (TryPlain(text, out long ticks))
            return new DateTimeOffset(ticks, TimeSpan.Zero);
        return DateTimeOffset.TryParseExact(
            Encoding.UTF8.GetString(text), Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            ? at
            : null;
    }

    // The magnitude tells the unit for the years 1973 to 5138.
    private static DateTimeOffset? OfNumber(long number)
    {
        long ticks = Math.Abs(number) switch
        {
            < 100_000_000_000 => number * TimeSpan.TicksPerSecond,
            < 100_000_000_000_000 => number * TimeSpan.TicksPerMillisecond,
            < 100_000_000_000_000_000 => number * TimeSpan.TicksPerMicrosecond,
            _ => number / TimeSpan.NanosecondsPerTick,
        } + DateTimeOffset.UnixEpoch.Ticks;
        return ticks is >= 0 and <= 3155378975999999999 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    // 2018-01-31T09:30:00Z, with or without a fraction: what nearly all are.
    private static bool TryPlain(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 20 || text[^1] != 'Z' || text[10] != 'T' || text[7] != '-' || text[13] != ':' || text[16] != ':')
            return false;
        int year = Number(text[..4]), month = Number(text[5..7]), day = Number(text[8..10]);
        int hour = Number(text[11..13]), minute = Number(text[14..16]), second = Number(text[17..19]);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
            return false;
        ReadOnlySpan<byte> fraction = text[19..^1];
        if (!fraction.IsEmpty && (fraction[0] != '.' || fraction.Length is < 2 or > 8 || Number(fraction[1..]) < 0))
            return false;
        int rest = fraction.IsEmpty ? 0 : Number(fraction[1..]);
        for (int digits = fraction.Length - 1; digits is > 0 and < 7; digits++)
            rest *= 10;
        ticks = new DateTime(year, month, day, hour, minute, second).Ticks + rest;
        return true;
    }

    private static int Number(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return -1;
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}

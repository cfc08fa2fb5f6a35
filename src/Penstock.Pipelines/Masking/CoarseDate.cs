using System.Globalization;

namespace Penstock.Pipelines.Masking;

/// <summary>Generalises dates and instants: the shape stays, so that a date is still a date and an offset the same.</summary>
internal static class CoarseDate
{
    private const int DateLength = 10;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK",
    ];

    /// <summary>The beginning of the unit that a text's date lies in; null if it isn't an ISO 8601 date or instant.</summary>
    public static string? Of(string text, DateUnit unit)
    {
        // In its own offset: the local year of a birthday is what matters.
        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)
            || !DateTime.TryParseExact(text.AsSpan(0, DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date))
            return null;
        string day = Begin(date, unit).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (text.Length == DateLength)
            return day;
        string hour = unit == DateUnit.Hour ? text.Substring(DateLength + 1, 2) : "00";
        return $"{day}{text[DateLength]}{hour}:00:00{Offset(text)}";
    }

    /// <summary>The same for seconds or milliseconds since 1970-01-01T00:00Z; null if they are out of range.</summary>
    public static long? Of(decimal number, DateUnit unit)
    {
        // Seconds pass 10^11 in the year 5138; milliseconds were there in 1973.
        bool isMilliseconds = Math.Abs(number) >= 100_000_000_000m;
        decimal seconds = isMilliseconds ? number / 1000 : number;
        if (Math.Abs(seconds) > 60_000_000_000m)
            return null;
        DateTime time = DateTime.UnixEpoch.AddSeconds((double)Math.Floor(seconds));
        long begin = (long)(Begin(time, unit).AddHours(unit == DateUnit.Hour ? time.Hour : 0) - DateTime.UnixEpoch).TotalSeconds;
        return isMilliseconds ? begin * 1000 : begin;
    }

    private static DateTime Begin(DateTime time, DateUnit unit) => unit switch
    {
        DateUnit.Year => new DateTime(time.Year, 1, 1),
        DateUnit.Quarter => new DateTime(time.Year, (time.Month - 1) / 3 * 3 + 1, 1),
        DateUnit.Month => new DateTime(time.Year, time.Month, 1),
        _ => time.Date,
    };

    private static string Offset(string text)
    {
        if (text[^1] == 'Z')
            return "Z";
        int sign = text.LastIndexOfAny(['+', '-']);
        return sign > DateLength ? text[sign..] : "";
    }
}

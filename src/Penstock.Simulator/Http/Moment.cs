using System.Globalization;

namespace Penstock.Simulator;

/// <summary>Times as callers write them.</summary>
internal static class Moment
{
    // Thirteen digits of seconds would be the year 33,658.
    private const long FirstMilliseconds = 100_000_000_000;

    private static readonly string[] Forms =
    [
        .. from separator in new[] { "'T'", "' '" }
           from clock in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" }
           from zone in new[] { "", "K" }
           select $"yyyy-MM-dd{separator}{clock}{zone}",
        "yyyy-MM-dd",
    ];

    /// <summary>ISO 8601, UTC where no zone is given.</summary>
    public static bool TryParseIso(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>ISO 8601, or seconds or milliseconds since 1970.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        if (TryParseIso(text, out time)) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > FirstMilliseconds * 100) return false;
        time = number < FirstMilliseconds ? DateTimeOffset.FromUnixTimeSeconds(number) : DateTimeOffset.FromUnixTimeMilliseconds(number);
        return true;
    }
}

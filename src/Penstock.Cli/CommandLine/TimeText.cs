using System.Globalization;

namespace Penstock.Cli.CommandLine;

/// <summary>Reads moments as people write them.</summary>
internal static class TimeText
{
    public const string Forms = "2026-01-31 or 2026-01-31T06:00:00Z; without an offset it is UTC";

    /// <summary>The moment, or null if the text is none.</summary>
    public static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;
}

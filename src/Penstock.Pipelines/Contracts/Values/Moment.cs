using System.Globalization;

namespace Penstock.Pipelines.Contracts.Values;

/// <summary>A date, a time of day or an instant, to the nanosecond, to be compared with others of its type.</summary>
/// <param name="Seconds">Seconds from 0001-01-01T00:00:00Z, or of the day.</param>
/// <param name="Nanoseconds">The fraction.</param>
internal readonly record struct Moment(long Seconds, int Nanoseconds)
{
    /// <summary>Reads ISO 8601 text; null if it isn't one of its type. An instant without offset is UTC's.</summary>
    public static Moment? Parse(LogicalType type, ReadOnlySpan<byte> text) => type switch
    {
        LogicalType.Date => IsoText.IsDate(text) ? new Moment(Day(text), 0) : null,
        LogicalType.Time => IsoText.IsTime(text) ? OfDay(text) : null,
        _ => IsoText.IsTimestamp(text) || IsoText.IsLocalTimestamp(text) ? Instant(text) : null,
    };

    /// <summary>Less than 0, 0, or more: as it is earlier, equal or later.</summary>
    public int ComparedTo(Moment other) => Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanoseconds.CompareTo(other.Nanoseconds);

    private static Moment Instant(ReadOnlySpan<byte> text)
    {
        Moment time = OfDay(text[11..]);
        return time with { Seconds = Day(text) + time.Seconds };
    }

    private static long Day(ReadOnlySpan<byte> text) =>
        new DateTime(Number(text[..4]), Number(text[5..7]), Number(text[8..10])).Ticks / TimeSpan.TicksPerSecond;

    // An offset moves the time back to UTC.
    private static Moment OfDay(ReadOnlySpan<byte> text)
    {
        int length = IsoText.TimeLength(text);
        long seconds = (3600L * Number(text[..2])) + (60 * Number(text[3..5])) + (length >= 8 ? Number(text[6..8]) : 0);
        int nanoseconds = 0;
        for (int i = 9; i < 18; i++)
            nanoseconds = (nanoseconds * 10) + (i < length ? text[i] - '0' : 0);
        ReadOnlySpan<byte> offset = text[length..];
        if (offset.Length >= 3)
        {
            int minutes = (60 * Number(offset[1..3])) + (offset.Length > 3 ? Number(offset[^2..]) : 0);
            seconds -= (offset[0] == '-' ? -60 : 60) * minutes;
        }

        return new Moment(seconds, nanoseconds);
    }

    private static int Number(ReadOnlySpan<byte> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}

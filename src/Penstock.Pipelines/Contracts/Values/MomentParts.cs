using System.Globalization;

namespace Penstock.Pipelines.Contracts.Values;

/// <summary>The fields of a date or time as they were read.</summary>
internal struct MomentParts
{
    private int _year = 1;
    private int _month = 1;
    private int _day = 1;
    private int _hour;
    private int _minute;
    private int _second;
    private string _fraction = "";

    public MomentParts()
    {
    }

    /// <summary>Minutes from UTC; null if the text has no offset.</summary>
    public int? Offset { get; set; }

    /// <summary>Whether the calendar has such a day and the clock such a time.</summary>
    public readonly bool IsReal =>
        _year >= 1 && _month is >= 1 and <= 12 && _day >= 1 && _day <= DateTime.DaysInMonth(_year, _month) && _hour < 24 && _minute < 60 && _second < 60;

    /// <summary>Takes one field from the beginning of a text; gives its length, -1 if it isn't there.</summary>
    public int Take(char field, int width, ReadOnlySpan<byte> text)
    {
        if (field is 'X' or 'x' or 'Z')
            return TakeOffset(text);
        // One letter means as many digits as there are, at most two; more mean exactly so many.
        int length = width == 1 && field != 'S' ? Math.Min(2, DigitsOf(text)) : width;
        if (length == 0 || text.Length < length || DigitsOf(text[..length]) < length)
            return -1;
        int number = int.Parse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        switch (field)
        {
            case 'y': _year = number; break;
            case 'M': _month = number; break;
            case 'd': _day = number; break;
            case 'H': _hour = number; break;
            case 'm': _minute = number; break;
            case 's': _second = number; break;
            default: _fraction = number.ToString($"D{length}", CultureInfo.InvariantCulture); break;
        }

        return length;
    }

    /// <summary>Writes it as ISO 8601.</summary>
    /// <param name="type">Date, time or timestamp.</param>
    /// <param name="zone">The zone of an instant that has no offset.</param>
    public readonly string Iso(LogicalType type, TimeZoneInfo zone)
    {
        string date = string.Create(CultureInfo.InvariantCulture, $"{_year:D4}-{_month:D2}-{_day:D2}");
        string time = string.Create(CultureInfo.InvariantCulture, $"{_hour:D2}:{_minute:D2}:{_second:D2}{(_fraction.Length > 0 ? "." : "")}{_fraction}");
        int? offset = Offset ?? (type == LogicalType.Timestamp
            ? (int)zone.GetUtcOffset(new DateTime(_year, _month, _day, _hour, _minute, _second, DateTimeKind.Unspecified)).TotalMinutes
            : null);
        return type switch
        {
            LogicalType.Date => date,
            LogicalType.Time => time + OffsetText(offset),
            _ => $"{date}T{time}{OffsetText(offset)}",
        };
    }

    /// <summary>How an offset is written.</summary>
    public static string OffsetText(int? minutes) => minutes switch
    {
        null => "",
        0 => "Z",
        { } some => string.Create(CultureInfo.InvariantCulture, $"{(some < 0 ? '-' : '+')}{Math.Abs(some) / 60:D2}:{Math.Abs(some) % 60:D2}"),
    };

    private int TakeOffset(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("Z"u8))
        {
            Offset = 0;
            return 1;
        }

        for (int length = Math.Min(6, text.Length); length >= 3; length--)
        {
            if (!IsoText.IsOffset(text[..length]))
                continue;
            int minutes = (60 * int.Parse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture))
                + (length > 3 ? int.Parse(text[(length - 2)..length], NumberStyles.None, CultureInfo.InvariantCulture) : 0);
            Offset = text[0] == '-' ? -minutes : minutes;
            return length;
        }

        return -1;
    }

    private static int DigitsOf(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}

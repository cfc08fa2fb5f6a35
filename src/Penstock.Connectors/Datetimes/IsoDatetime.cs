using System.Globalization;

namespace Penstock.Connectors.Datetimes;

/// <summary>
/// Reads ISO 8601 datetimes as dateutil's <c>isoparse</c>, the reference's parser, does: dates by month, week or ordinal day,
/// with or without separators, any one character before the time, fractions of seconds cut to microseconds.
/// </summary>
internal sealed class IsoDatetime
{
    private readonly string _text;
    private int _position;

    private IsoDatetime(string text) => _text = text;

    /// <summary>Reads a text; false if it isn't a datetime of the calendar. A text without an offset is UTC.</summary>
    /// <param name="text">The text.</param>
    /// <param name="utc">The instant, in UTC.</param>
    public static bool TryParse(string text, out DateTime utc)
    {
        utc = default;
        if (text.Length < 4 || text.AsSpan().ContainsAnyExceptInRange('\0', '\x7f'))
            return false;
        var reader = new IsoDatetime(text);
        if (reader.ReadDate() is not { } date)
            return false;
        var time = TimeSpan.Zero;
        var offset = TimeSpan.Zero;
        if (reader._position < text.Length && !reader.TryReadTime(out time, out offset))
            return false;
        var ticks = date.DayNumber * TimeSpan.TicksPerDay + time.Ticks - offset.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return false;
        utc = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    // The uncommon forms are tried where the common ones fail, whatever the reason.
    private DateOnly? ReadDate()
    {
        if (TryReadMonthDate(out var year, out var month, out var day))
            return IsDate(year, month, day) ? new DateOnly(year, month, day) : null;
        if (Number(0, 4) is not ({ } isoYear and >= 1 and <= 9999))
            return null;
        var hasDash = At(4) == '-';
        _position = hasDash ? 5 : 4;
        return At(_position) == 'W' ? ReadWeekDate(isoYear, hasDash) : ReadOrdinalDate(isoYear);
    }

    private bool TryReadMonthDate(out int year, out int month, out int day)
    {
        (month, day, _position) = (1, 1, 4);
        year = Number(0, 4) ?? 0;
        if (Number(0, 4) is null)
            return false;
        if (_text.Length == 4)
            return true;
        var hasDash = At(4) == '-';
        _position = hasDash ? 5 : 4;
        if (_text.Length - _position < 2 || Number(_position, 2) is not { } readMonth)
            return false;
        (month, _position) = (readMonth, _position + 2);
        if (_position >= _text.Length)
            return hasDash;
        if (hasDash && _text[_position++] != '-')
            return false;
        if (_text.Length - _position < 2 || Number(_position, 2) is not { } readDay)
            return false;
        (day, _position) = (readDay, _position + 2);
        return true;
    }

    private DateOnly? ReadWeekDate(int year, bool hasDash)
    {
        var week = Number(++_position, 2);
        _position += 2;
        var day = (int?)1;
        if (_text.Length > _position)
        {
            if ((At(_position) == '-') != hasDash)
                return null;
            _position += hasDash ? 1 : 0;
            day = Number(_position++, 1);
        }

        if (week is not (> 0 and < 54) || day is not (> 0 and < 8))
            return null;
        // The fourth of January lies in the first week.
        var fourth = new DateOnly(year, 1, 4);
        var monday = fourth.DayNumber - (((int)fourth.DayOfWeek + 6) % 7);
        var number = monday + ((week.Value - 1) * 7) + day.Value - 1;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber(number) : null;
    }

    private DateOnly? ReadOrdinalDate(int year)
    {
        if (_text.Length - _position < 3 || Number(_position, 3) is not { } ordinal)
            return null;
        _position += 3;
        return ordinal >= 1 && ordinal <= (DateTime.IsLeapYear(year) ? 366 : 365) ? new DateOnly(year, 1, 1).AddDays(ordinal - 1) : null;
    }

    private bool TryReadTime(out TimeSpan time, out TimeSpan offset)
    {
        (time, offset) = (TimeSpan.Zero, TimeSpan.Zero);
        var start = ++_position;
        if (_text.Length - start < 2)
            return false;
        var parts = new int[3];
        var ticks = 0L;
        var hasColon = false;
        for (var part = 0; _position < _text.Length && part <= 4; part++)
        {
            if (_text[_position] is '-' or '+' or 'Z' or 'z')
            {
                if (!TryReadOffset(_text[_position..], out offset))
                    return false;
                _position = _text.Length;
                break;
            }

            if (part == 1 && _text[_position] == ':')
                (hasColon, _position) = (true, _position + 1);
            else if (part == 2 && hasColon && _text[_position++] != ':')
                return false;
            if (part < 3)
            {
                if (Number(_position, 2) is not { } number)
                    return false;
                parts[part] = number;
                _position += Math.Min(2, _text.Length - _position);
            }
            else if (part == 3)
            {
                ticks = ReadFraction();
            }
        }

        return _position == _text.Length && TryBuild(parts, ticks, out time);
    }

    private static bool TryBuild(int[] parts, long ticks, out TimeSpan time)
    {
        time = new TimeSpan(parts[0], parts[1], parts[2]) + TimeSpan.FromTicks(ticks);
        if (parts[0] == 24)
            return parts[1] == 0 && parts[2] == 0 && ticks == 0;
        return parts[0] is >= 0 and < 24 && parts[1] is >= 0 and < 60 && parts[2] is >= 0 and < 60;
    }

    private long ReadFraction()
    {
        if (_text[_position] is not ('.' or ',') || !char.IsAsciiDigit(At(_position + 1)))
            return 0;
        var start = ++_position;
        while (char.IsAsciiDigit(At(_position)))
            _position++;
        var digits = _text[start..Math.Min(_position, start + 6)].PadRight(6, '0');
        return int.Parse(digits, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond;
    }

    private static bool TryReadOffset(string text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "z")
            return true;
        if (text.Length is not (3 or 5 or 6) || text[0] is not ('+' or '-'))
            return false;
        var hours = ParseInteger(text.AsSpan(1, 2));
        var minutes = text.Length == 3 ? 0 : ParseInteger(text.AsSpan(text[3] == ':' ? 4 : 3));
        if (hours is not { } h || minutes is not { } m || h > 23 || m > 59)
            return false;
        offset = new TimeSpan(h, m, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private char At(int index) => index < _text.Length ? _text[index] : '\0';

    private int? Number(int start, int length) =>
        start < _text.Length ? ParseInteger(_text.AsSpan(start, Math.Min(length, _text.Length - start))) : null;

    // Python's int() takes white space and a sign too.
    private static int? ParseInteger(ReadOnlySpan<char> text) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsDate(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
}

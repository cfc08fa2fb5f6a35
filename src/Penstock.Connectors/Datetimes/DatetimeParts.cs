using System.Globalization;
using System.Text.RegularExpressions;

namespace Penstock.Connectors.Datetimes;

/// <summary>What <c>strptime</c> directives gave, to be put together as Python does.</summary>
internal sealed class DatetimeParts
{
    private readonly GroupCollection _groups;

    private DatetimeParts(GroupCollection groups) => _groups = groups;

    public static DatetimeParts Read(GroupCollection groups) => new(groups);

    public bool TryBuild(out DateTimeOffset datetime)
    {
        datetime = default;
        if (Date() is not { } date || Number("S") is > 59) return false;
        var time = new TimeSpan(Hour(), Number("M") ?? 0, Number("S") ?? 0);
        var local = date.ToDateTime(TimeOnly.FromTimeSpan(time)).AddTicks(Microseconds() * TimeSpan.TicksPerMicrosecond);
        var offset = Offset();
        if (offset.Duration() >= TimeSpan.FromDays(1)) return false;
        var utcTicks = local.Ticks - offset.Ticks;
        if (utcTicks < DateTime.MinValue.Ticks || utcTicks > DateTime.MaxValue.Ticks) return false;
        // .NET's offsets are whole minutes within 14 hours; others keep their instant.
        var kept = offset.Ticks % TimeSpan.TicksPerMinute == 0 && offset.Duration() <= TimeSpan.FromHours(14);
        datetime = kept ? new DateTimeOffset(local, offset) : new DateTimeOffset(utcTicks, TimeSpan.Zero);
        return true;
    }

    private DateOnly? Date()
    {
        if (IsoWeekDate(out var isoDate)) return isoDate;
        var year = Year();
        var month = Number("m") ?? Name("B", DateTimeFormatInfo.InvariantInfo.MonthNames)
            ?? Name("b", DateTimeFormatInfo.InvariantInfo.AbbreviatedMonthNames);
        var day = Number("d");
        if (year is < 1 or > 9999) return null;
        var dayOfYear = Number("j") ?? (month is null && day is null ? DayOfYear(year) : null);
        if (dayOfYear is { } ordinal && month is null && day is null)
            return Ordinal(year, ordinal);
        var (m, d) = (month ?? 1, day ?? 1);
        return d <= DateTime.DaysInMonth(year, m) ? new DateOnly(year, m, d) : null;
    }

    // As Python: the 366th day of a year of 365 is the next year's first.
    private static DateOnly? Ordinal(int year, int ordinal)
    {
        var number = new DateOnly(year, 1, 1).DayNumber + ordinal - 1;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber(number) : null;
    }

    private int Year()
    {
        if (Number("Y") is { } year) return year;
        return Number("y") is { } y ? y + (y <= 68 ? 2000 : 1900) : 1900;
    }

    private bool IsoWeekDate(out DateOnly? date)
    {
        date = null;
        if (Number("G") is not { } year || Number("V") is not { } week) return false;
        var weekday = Weekday();
        if (year > 0 && week > 0 && week <= ISOWeek.GetWeeksInYear(year) && weekday is { } day)
            date = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, day));
        return true;
    }

    // %U counts weeks from the first Sunday, %W from the first Monday; the days before are week 0.
    private int? DayOfYear(int year)
    {
        if ((Number("U") ?? Number("W")) is not { } week || Weekday() is not { } weekday) return null;
        var firstOfWeek = _groups["U"].Success ? DayOfWeek.Sunday : DayOfWeek.Monday;
        var first = new DateOnly(year, 1, 1).DayOfWeek;
        var toFirstWeek = ((int)firstOfWeek - (int)first + 7) % 7;
        var inWeek = ((int)weekday - (int)firstOfWeek + 7) % 7;
        return 1 + toFirstWeek + (7 * (week - 1)) + inWeek;
    }

    private DayOfWeek? Weekday()
    {
        if (Number("u") is { } iso) return (DayOfWeek)(iso % 7);
        if (Number("w") is { } fromSunday) return (DayOfWeek)fromSunday;
        var name = Name("A", DateTimeFormatInfo.InvariantInfo.DayNames) ?? Name("a", DateTimeFormatInfo.InvariantInfo.AbbreviatedDayNames);
        return (DayOfWeek?)(name - 1);
    }

    private int Hour()
    {
        if (Number("H") is { } hour) return hour;
        if (Number("I") is not { } half) return 0;
        var afternoon = _groups["p"].Value.Equals("pm", StringComparison.OrdinalIgnoreCase);
        return (half % 12) + (afternoon ? 12 : 0);
    }

    private int Microseconds() => _groups["f"].Success ? int.Parse(_groups["f"].Value.PadRight(6, '0'), CultureInfo.InvariantCulture) : 0;

    private TimeSpan Offset()
    {
        var text = _groups["z"].Value.Replace(":", "", StringComparison.Ordinal);
        if (text.Length < 5) return TimeSpan.Zero;
        var seconds = text.Length >= 7 ? decimal.Parse(text.AsSpan(5), CultureInfo.InvariantCulture) : 0;
        var size = new TimeSpan(int.Parse(text.AsSpan(1, 2)), int.Parse(text.AsSpan(3, 2)), 0) + TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return text[0] == '-' ? -size : size;
    }

    private int? Number(string directive) =>
        _groups[directive] is { Success: true } group ? int.Parse(group.Value, NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture) : null;

    private int? Name(string directive, string[] names)
    {
        if (_groups[directive] is not { Success: true } group) return null;
        return Array.FindIndex(names, name => name.Equals(group.Value, StringComparison.OrdinalIgnoreCase)) + 1;
    }
}

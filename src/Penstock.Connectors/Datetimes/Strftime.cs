using System.Globalization;
using System.Text;

namespace Penstock.Connectors.Datetimes;

/// <summary>Python's <c>strftime</c> on glibc in the C locale, with its flags (<c>%-d</c>, <c>%_d</c>, <c>%0e</c>, <c>%^a</c>).</summary>
internal static class Strftime
{
    /// <summary>Formats a datetime.</summary>
    /// <param name="format">The format.</param>
    /// <param name="datetime">The datetime.</param>
    /// <param name="naive">Whether it has no time zone: <c>%z</c> and <c>%Z</c> write nothing then.</param>
    public static string Format(string format, DateTimeOffset datetime, bool naive = false)
    {
        var text = new StringBuilder(format.Length + 16);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            var start = i++;
            var flag = '\0';
            while (i < format.Length && format[i] is '-' or '_' or '0' or '^' or '#' or ':') flag = format[i++];
            var width = 0;
            for (; i < format.Length && char.IsAsciiDigit(format[i]); i++) width = Math.Min((width * 10) + format[i] - '0', 1000);
            // E and O ask for the locale's own eras and digits, of which the C locale has none.
            if (i + 1 < format.Length && format[i] is 'E' or 'O') i++;
            var written = i == format.Length ? null : naive && format[i] is ('z' or 'Z') ? "" : Directive(format[i], flag, datetime);
            if (written is { Length: > 0 } && written.Length < width) written = written.PadLeft(width, char.IsAsciiDigit(written[^1]) && flag != '_' ? '0' : ' ');
            text.Append(written ?? format.AsSpan(start, Math.Min(i + 1, format.Length) - start).ToString());
        }

        return text.ToString();
    }

    private static string? Directive(char directive, char flag, DateTimeOffset t) => directive switch
    {
        'Y' => Number(t.Year, 1, '0', flag),
        'C' => Number(t.Year / 100, 2, '0', flag),
        'y' => Number(t.Year % 100, 2, '0', flag),
        'm' => Number(t.Month, 2, '0', flag),
        'd' => Number(t.Day, 2, '0', flag),
        'e' => Number(t.Day, 2, ' ', flag),
        'H' => Number(t.Hour, 2, '0', flag),
        'k' => Number(t.Hour, 2, ' ', flag),
        'I' => Number(HalfDay(t), 2, '0', flag),
        'l' => Number(HalfDay(t), 2, ' ', flag),
        'M' => Number(t.Minute, 2, '0', flag),
        'S' => Number(t.Second, 2, '0', flag),
        'f' => Number(t.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond, 6, '0', flag),
        'j' => Number(t.DayOfYear, 3, '0', flag),
        'w' => Number((int)t.DayOfWeek, 1, '0', flag),
        'u' => Number(IsoDay(t), 1, '0', flag),
        'U' => Number((t.DayOfYear + 6 - (int)t.DayOfWeek) / 7, 2, '0', flag),
        'W' => Number((t.DayOfYear + 7 - IsoDay(t)) / 7, 2, '0', flag),
        'V' => Number(ISOWeek.GetWeekOfYear(t.DateTime), 2, '0', flag),
        'G' => Number(ISOWeek.GetYear(t.DateTime), 1, '0', flag),
        'g' => Number(ISOWeek.GetYear(t.DateTime) % 100, 2, '0', flag),
        // libc knows no offset here: the wall clock counts as UTC.
        's' => ((t.Ticks / TimeSpan.TicksPerSecond) - (DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerSecond)).ToString(CultureInfo.InvariantCulture),
        'A' => Name(t.ToString("dddd", CultureInfo.InvariantCulture), flag),
        'a' => Name(t.ToString("ddd", CultureInfo.InvariantCulture), flag),
        'B' => Name(t.ToString("MMMM", CultureInfo.InvariantCulture), flag),
        'b' or 'h' => Name(t.ToString("MMM", CultureInfo.InvariantCulture), flag),
        'p' => flag == '#' ? HalfName(t).ToLowerInvariant() : HalfName(t),
        'P' => HalfName(t).ToLowerInvariant(),
        'z' => Offset(t.Offset, flag == ':' ? ":" : ""),
        'Z' => t.Offset == TimeSpan.Zero ? "UTC" : "UTC" + Offset(t.Offset, ":"),
        'F' => Format("%Y-%m-%d", t),
        'T' or 'X' => Format("%H:%M:%S", t),
        'R' => Format("%H:%M", t),
        'r' => Format("%I:%M:%S %p", t),
        'D' or 'x' => Format("%m/%d/%y", t),
        'c' => Format("%a %b %e %H:%M:%S %Y", t),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => null,
    };

    private static string Number(long value, int width, char padding, char flag)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture);
        return flag switch
        {
            '-' => digits,
            '_' => digits.PadLeft(width, ' '),
            '0' => digits.PadLeft(width, '0'),
            _ => digits.PadLeft(width, padding),
        };
    }

    private static string Name(string name, char flag) => flag is '^' or '#' ? name.ToUpperInvariant() : name;

    private static int HalfDay(DateTimeOffset t) => t.Hour % 12 == 0 ? 12 : t.Hour % 12;

    private static string HalfName(DateTimeOffset t) => t.Hour < 12 ? "AM" : "PM";

    private static int IsoDay(DateTimeOffset t) => t.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)t.DayOfWeek;

    private static string Offset(TimeSpan offset, string separator)
    {
        var size = offset.Duration();
        return string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{size.Hours:00}{separator}{size.Minutes:00}");
    }
}

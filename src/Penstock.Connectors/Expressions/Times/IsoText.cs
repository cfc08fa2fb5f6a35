using System.Globalization;
using System.Text;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Times;

/// <summary>Python's <c>isoformat</c>.</summary>
internal static class IsoText
{
    public static string Format(DatetimeValue datetime, string separator, string precision)
    {
        var text = new StringBuilder();
        text.Append(datetime.Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Append(separator)
            .Append(Time(datetime.Local.TimeOfDay, precision));
        if (datetime.Zone is { } zone)
            text.Append(Offset(zone.Offset));
        return text.ToString();
    }

    public static string Time(TimeSpan time, string precision)
    {
        if (precision == "auto")
            precision = time.Ticks % TimeSpan.TicksPerSecond == 0 ? "seconds" : "microseconds";
        return time.ToString(
            precision switch
            {
                "hours" => "hh",
                "minutes" => @"hh\:mm",
                "seconds" => @"hh\:mm\:ss",
                "milliseconds" => @"hh\:mm\:ss\.fff",
                "microseconds" => @"hh\:mm\:ss\.ffffff",
                _ => throw ValueException.Bad("Unknown timespec value"),
            },
            CultureInfo.InvariantCulture);
    }

    public static string Offset(TimeSpan offset)
    {
        var size = offset.Duration();
        return $"{(offset < TimeSpan.Zero ? '-' : '+')}{size:hh\\:mm}{(size.Seconds == 0 ? "" : $":{size:ss}")}";
    }
}

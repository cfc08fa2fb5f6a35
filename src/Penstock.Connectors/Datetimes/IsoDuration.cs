using System.Globalization;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Datetimes;

/// <summary>An ISO 8601 duration: calendar years and months, and an exact part.</summary>
/// <param name="Years">Calendar years; may have a fraction, which can't be added to a datetime.</param>
/// <param name="Months">Calendar months; may have a fraction, which can't be added to a datetime.</param>
/// <param name="Exact">Weeks, days, hours, minutes and seconds, to the microsecond.</param>
public sealed partial record IsoDuration(decimal Years, decimal Months, TimeSpan Exact)
{
    /// <summary>No time at all.</summary>
    public static IsoDuration Zero { get; } = new(0, 0, TimeSpan.Zero);

    /// <summary>True if it has years or months, whose length depends on the calendar.</summary>
    public bool IsCalendar => Years != 0 || Months != 0;

    /// <summary>Reads a duration such as <c>P1M</c>, <c>PT0.001S</c>, <c>-P1D</c> or <c>P0001-02-03T04:05:06</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration.</param>
    public static bool TryParse(string text, out IsoDuration duration)
    {
        duration = Zero;
        if (Designators().Match(text) is { Success: true } match)
        {
            var sign = match.Groups["sign"].Value == "-" ? -1 : 1;
            if (!TryExact(match.Groups, out var exact)) return false;
            duration = new(sign * Part(match, "years"), sign * Part(match, "months"), sign * exact);
            return true;
        }

        if (Clock().Match(text) is not { Success: true } clock) return false;
        var (months, days) = (Part(clock, "months"), Part(clock, "days"));
        if (months is < 1 or > 12 || days is < 1 or > 31 || !TryExact(clock.Groups, out var rest)) return false;
        duration = new(Part(clock, "years"), months, rest);
        return true;
    }

    /// <summary>Adds the duration: first months, clipped to the month's last day, then the exact part.</summary>
    /// <param name="datetime">The datetime.</param>
    /// <param name="result">The sum.</param>
    /// <returns>False if the result leaves the calendar or the years or months have a fraction.</returns>
    public bool TryAddTo(DateTimeOffset datetime, out DateTimeOffset result) => TryAdd(datetime, 1, out result);

    /// <summary>Subtracts the duration: first months, clipped to the month's last day, then the exact part.</summary>
    /// <param name="datetime">The datetime.</param>
    /// <param name="result">The difference.</param>
    /// <returns>False if the result leaves the calendar or the years or months have a fraction.</returns>
    public bool TrySubtractFrom(DateTimeOffset datetime, out DateTimeOffset result) => TryAdd(datetime, -1, out result);

    private bool TryAdd(DateTimeOffset datetime, int sign, out DateTimeOffset result)
    {
        result = default;
        if (!decimal.IsInteger(Years) || !decimal.IsInteger(Months)) return false;
        var months = ((datetime.Year + (sign * Years)) * 12) + datetime.Month - 1 + (sign * Months);
        var year = decimal.Floor(months / 12);
        if (year is < 1 or > 9999) return false;
        var local = datetime.DateTime;
        var month = (int)(months - (year * 12)) + 1;
        var day = Math.Min(local.Day, DateTime.DaysInMonth((int)year, month));
        var moved = new DateTime((int)year, month, day).Ticks + local.TimeOfDay.Ticks;
        var ticks = (decimal)moved + (sign * Exact.Ticks);
        var utc = ticks - datetime.Offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks || utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks) return false;
        result = new DateTimeOffset((long)ticks, datetime.Offset);
        return true;
    }

    private static bool TryExact(GroupCollection groups, out TimeSpan exact)
    {
        exact = default;
        var seconds = (Part(groups, "weeks") * 7 * 86_400) + (Part(groups, "days") * 86_400) + (Part(groups, "hours") * 3600)
            + (Part(groups, "minutes") * 60) + Part(groups, "seconds");
        if (seconds > (decimal)TimeSpan.MaxValue.TotalSeconds) return false;
        var microseconds = decimal.Round(seconds * 1_000_000, MidpointRounding.ToEven);
        exact = TimeSpan.FromTicks((long)(microseconds * TimeSpan.TicksPerMicrosecond));
        return true;
    }

    private static decimal Part(Match match, string name) => Part(match.Groups, name);

    private static decimal Part(GroupCollection groups, string name) =>
        groups[name] is { Success: true } group ? decimal.Parse(group.Value.Replace(',', '.'), CultureInfo.InvariantCulture) : 0;

    private const string Digits = "[0-9]{1,12}(?:[,.][0-9]{1,12})?";

    // The form that isodate, the reference's parser, takes.
    [GeneratedRegex("^(?<sign>[+-])?P(?=\\w)(?:(?<years>" + Digits + ")Y)?(?:(?<months>" + Digits + ")M)?(?:(?<weeks>" + Digits
        + ")W)?(?:(?<days>" + Digits + ")D)?(?:T(?:(?<hours>" + Digits + ")H)?(?:(?<minutes>" + Digits + ")M)?(?:(?<seconds>" + Digits
        + ")S)?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTime.Milliseconds)]
    private static partial Regex Designators();

    [GeneratedRegex("^P(?<years>[0-9]{4})-?(?<months>[0-9]{2})-?(?<days>[0-9]{2})T(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2})(?::?(?<seconds>[0-9]{2}(?:[,.][0-9]{1,12})?))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTime.Milliseconds)]
    private static partial Regex Clock();
}

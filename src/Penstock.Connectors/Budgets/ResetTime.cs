using System.Globalization;
using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Budgets;

/// <summary>
/// Reads «when» out of a header, in any of the forms that sources use: seconds, epoch seconds, epoch milliseconds, ISO 8601,
/// an HTTP date, or a duration such as <c>6m0s</c>.
/// </summary>
internal static partial class ResetTime
{
    /// <summary>The longest wait that a header is believed; a source that lies must not stop a stream for good.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly TimeSpan Explained = TimeSpan.FromSeconds(2);

    private const double SmallestEpoch = 1e9;
    private const double SmallestEpochMilliseconds = 1e11;
    private const double SmallestEpochMicroseconds = 1e14;

    /// <summary>The time, or null if the text isn't one or can't be believed: in the past by more than a clock's error.</summary>
    /// <param name="text">The header's value.</param>
    /// <param name="now">The present.</param>
    /// <param name="ahead">How far the source's clock is ahead of ours, see <see cref="ClockAhead"/>.</param>
    public static DateTimeOffset? Read(string? text, DateTimeOffset now, TimeSpan ahead = default)
    {
        var value = text?.Trim() ?? "";
        var time = ReadNumber(value, now + ahead) ?? ReadDuration(value, now + ahead) ?? ReadDate(value);
        time -= ahead;
        if (time is not { } at || at < now - TimeSpan.FromMinutes(1))
        {
            return null;
        }

        return at - now > Longest ? now + Longest : at;
    }

    /// <summary>
    /// How far the source's clock is ahead of ours, to judge by its <c>Date</c> header. A difference that rounding to whole
    /// seconds and the way of the answer explain is none.
    /// </summary>
    public static TimeSpan ClockAhead(string? date, DateTimeOffset now)
    {
        if (date is null || ReadDate(date) is not { } told)
        {
            return TimeSpan.Zero;
        }

        var ahead = told - now;
        return ahead.Duration() > Explained ? ahead : TimeSpan.Zero;
    }

    private static DateTimeOffset? ReadNumber(string value, DateTimeOffset now)
    {
        if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return number switch
        {
            >= SmallestEpochMicroseconds * 100 => null,
            >= SmallestEpochMicroseconds => DateTimeOffset.UnixEpoch.AddMilliseconds(number / 1000),
            >= SmallestEpochMilliseconds => DateTimeOffset.UnixEpoch.AddMilliseconds(number),
            >= SmallestEpoch => DateTimeOffset.UnixEpoch.AddSeconds(number),
            _ => now.AddSeconds(number),
        };
    }

    private static DateTimeOffset? ReadDuration(string value, DateTimeOffset now)
    {
        var match = Duration().Match(value);
        if (!match.Success || match.Length == 0)
        {
            return null;
        }

        double Part(string name) =>
            match.Groups[name].Success ? double.Parse(match.Groups[name].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;
        var seconds = (Part("d") * 86400) + (Part("h") * 3600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1000);
        return seconds <= Longest.TotalSeconds * 2 ? now.AddSeconds(seconds) : now + Longest;
    }

    private static DateTimeOffset? ReadDate(string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    [GeneratedRegex(@"^(?:(?<d>\d{1,5})d)?(?:(?<h>\d{1,5})h)?(?:(?<m>\d{1,6})m(?!s))?(?:(?<s>\d{1,8}(?:\.\d{1,9})?)s)?(?:(?<ms>\d{1,9}(?:\.\d{1,9})?)ms)?$", RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Duration();
}

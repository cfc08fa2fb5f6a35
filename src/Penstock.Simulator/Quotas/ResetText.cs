using System.Globalization;

namespace Penstock.Simulator;

/// <summary>A wait as headers write it. Whole seconds are rounded up: a caller that waits as told is never early.</summary>
internal static class ResetText
{
    public static string Of(RateLimitHeaderOptions options, ResetForm form, TimeSpan wait, DateTimeOffset now) => form switch
    {
        ResetForm.EpochSeconds => (options.Lie == HeaderLie.WrongUnit ? Milliseconds(options, wait, now) : Seconds(options, wait, now)).ToString(),
        ResetForm.EpochMilliseconds => (options.Lie == HeaderLie.WrongUnit ? Seconds(options, wait, now) : Milliseconds(options, wait, now)).ToString(),
        ResetForm.Iso => At(options, wait, now).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        _ => Delta(options, wait),
    };

    public static string Delta(RateLimitHeaderOptions options, TimeSpan wait)
    {
        var seconds = (long)Math.Ceiling(Told(options, wait).TotalSeconds);
        return (options.Lie == HeaderLie.WrongUnit ? seconds * 1000 : seconds).ToString();
    }

    public static string Date(RateLimitHeaderOptions options, TimeSpan wait, DateTimeOffset now) =>
        DateTimeOffset.FromUnixTimeSeconds(Seconds(options, wait, now)).ToString("R");

    private static long Seconds(RateLimitHeaderOptions options, TimeSpan wait, DateTimeOffset now) =>
        (long)Math.Ceiling((At(options, wait, now) - DateTimeOffset.UnixEpoch).TotalSeconds);

    private static long Milliseconds(RateLimitHeaderOptions options, TimeSpan wait, DateTimeOffset now) =>
        (long)Math.Ceiling((At(options, wait, now) - DateTimeOffset.UnixEpoch).TotalMilliseconds);

    private static DateTimeOffset At(RateLimitHeaderOptions options, TimeSpan wait, DateTimeOffset now) =>
        now + options.ClockAhead + Told(options, wait);

    private static TimeSpan Told(RateLimitHeaderOptions options, TimeSpan wait) => options.Lie switch
    {
        HeaderLie.Skewed => wait + options.Skew,
        HeaderLie.Negative => -wait - TimeSpan.FromSeconds(1),
        _ => wait,
    };
}

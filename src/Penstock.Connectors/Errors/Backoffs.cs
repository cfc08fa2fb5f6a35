using Penstock.Connectors.Http;

namespace Penstock.Connectors.Errors;

/// <summary>Spreads waits over twice a range, so that workers don't come back together.</summary>
internal sealed record Jitter(double? Range, Random Random)
{
    public double Spread(double seconds)
    {
        if (Range is not { } range)
        {
            return seconds;
        }

        // Slices of one connector share their source of chance, which is not made for that.
        lock (Random)
        {
            return seconds + (Random.NextDouble() * 2 * range);
        }
    }
}

/// <summary><c>ConstantBackoffStrategy</c>: always the same wait.</summary>
internal sealed class ConstantBackoff(Func<double?> seconds, Jitter jitter) : IBackoffStrategy
{
    public double? SecondsToWait(AnswerHeaders? headers, int attempts) => jitter.Spread(seconds() ?? 0);
}

/// <summary><c>ExponentialBackoffStrategy</c>: twice the factor first, then doubled each time.</summary>
internal sealed class ExponentialBackoff(Func<double?> factor, Jitter jitter) : IBackoffStrategy
{
    private const double DefaultFactor = 5;

    public double? SecondsToWait(AnswerHeaders? headers, int attempts) => jitter.Spread((factor() ?? DefaultFactor) * Math.Pow(2, Math.Min(attempts, 30)));
}

/// <summary><c>WaitTimeFromHeader</c>: the seconds that a header gives.</summary>
internal sealed class WaitTimeFromHeader(NumberHeader header, Func<double?> longest) : IBackoffStrategy
{
    public double? SecondsToWait(AnswerHeaders? headers, int attempts)
    {
        var seconds = header.Read(headers);
        return seconds is not null and not 0 ? LongestWait.Check(seconds.Value, longest()) : seconds;
    }
}

/// <summary><c>WaitUntilTimeFromHeader</c>: until the epoch second that a header gives, but at least a minimum.</summary>
internal sealed class WaitUntilTimeFromHeader(NumberHeader header, Func<double?> least, Func<double?> longest, TimeProvider time) : IBackoffStrategy
{
    public double? SecondsToWait(AnswerHeaders? headers, int attempts)
    {
        var minimum = least() is { } seconds and not 0 ? seconds : (double?)null;
        if (header.Read(headers) is not ({ } until and not 0))
        {
            return minimum is { } floor ? LongestWait.Check(floor, longest()) : null;
        }

        var wait = until - (time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        if (minimum is null && wait < 0)
        {
            return null;
        }

        return LongestWait.Check(Math.Max(wait, minimum ?? wait), longest());
    }
}

/// <summary>The longest wait that a connector allows; as long or longer ends the stream.</summary>
internal static class LongestWait
{
    public static double Check(double seconds, double? longest) => longest is { } limit && seconds >= limit
        ? throw SourceFaultException.Transient($"The source asks to wait {seconds:0} seconds; the connector allows less than {limit:0}.")
        : seconds;
}

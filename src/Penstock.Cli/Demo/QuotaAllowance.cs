using Penstock.Simulator;

namespace Penstock.Cli.Demo;

/// <summary>How many calls a quota would have allowed between the first and the last call.</summary>
internal static class QuotaAllowance
{
    /// <summary>The calls; null if the quota doesn't count calls.</summary>
    public static int? Of(Quota quota, IReadOnlyList<LoggedCall> calls)
    {
        if (calls.Count == 0)
            return 0;
        (long first, long last) = (calls[0].At.UtcTicks, calls[^1].At.UtcTicks);
        return quota switch
        {
            // Fixed windows are cut at whole multiples of their length since 1970, moving ones begin with the first call.
            Quota.FixedWindow window => window.Calls * (1 + (int)((last / window.Window.Ticks) - (first / window.Window.Ticks))),
            Quota.MovingWindow window => window.Calls * (1 + (int)((last - first) / window.Window.Ticks)),
            Quota.TokenBucket bucket => bucket.Capacity + (int)(bucket.PerSecond * TimeSpan.FromTicks(last - first).TotalSeconds),
            _ => null,
        };
    }
}

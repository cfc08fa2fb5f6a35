namespace Penstock.Connectors.Budgets;

/// <summary>
/// Calls spread evenly over time: at the speed that was found by trying, and over a declared window that calls had to wait for, so that
/// they needn't wait for it all at once again.
/// </summary>
internal static class EvenSpread
{
    // Windows count calls a little late: what is spread evenly leaves room for that, so that windows needn't be waited for.
    private const double CountedLate = 65.0 / 64;
    private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(10);

    // Live calls use longer windows as fast as may be: who waits for one to come free would notice if they were spread over it.
    private static readonly TimeSpan LongestSmoothed = TimeSpan.FromMinutes(2);

    // How far ahead workers may reserve calls that are spread evenly, so that many who wait needn't all come at once.
    private static readonly TimeSpan LiveGoesOn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lookahead = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls a second; null if they needn't be spread.</summary>
    public static double? SpeedOf(this BudgetScope scope, CallUse use, Asking asking)
    {
        var speed = scope.Pace.CallsPerSecond;
        foreach (var rate in use.Rates)
        {
            var isSmoothed = rate.Interval <= LongestSmoothed || asking.Priority == CallPriority.Backfill;
            if (isSmoothed && scope.ScarceAt + rate.Interval > asking.Now)
            {
                speed = Math.Min(speed ?? double.MaxValue, rate.Limit / ((rate.Interval * CountedLate) + Rounding).TotalSeconds);
            }
        }

        return speed;
    }

    /// <summary>How far apart the calls must be; zero if they may be made at once.</summary>
    public static TimeSpan Spacing(this BudgetScope scope, CallUse use, Asking asking) =>
        scope.SpeedOf(use, asking) is { } speed ? TimeSpan.FromSeconds(Math.Min(use.Weight / speed, 3600)) : TimeSpan.Zero;

    /// <summary>When calls that are granted now are made: where they are spread evenly, a little later.</summary>
    public static DateTimeOffset From(this BudgetScope scope, CallUse use, Asking asking) =>
        scope.SpeedOf(use, asking) is not null && scope.NextFree > asking.Now ? scope.NextFree : asking.Now;

    /// <summary>How far ahead calls may be reserved. What backfills reserve holds live calls up.</summary>
    public static TimeSpan Ahead(this BudgetScope scope, CallUse use, Asking asking) =>
        asking.Lifetime == TimeSpan.Zero ? TimeSpan.Zero
        : scope.StandsBack(asking) && scope.Spacing(use, asking) is var spacing && spacing < Lookahead ? spacing
        : Lookahead;

    /// <summary>Whether it is a backfill's call, and live calls were made a short while ago.</summary>
    public static bool StandsBack(this BudgetScope scope, Asking asking) =>
        asking.Priority == CallPriority.Backfill && asking.Now - scope.LiveAt < LiveGoesOn;
}

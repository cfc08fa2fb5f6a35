using Penstock.Connectors.Budgets;

namespace Penstock.Pipelines.Budgets;

/// <summary>Says in plain figures what a scope knows.</summary>
internal static class ScopeReports
{
    public static BudgetScopeReport Of(string key, BudgetScope scope, DateTimeOffset now)
    {
        var limits = new List<BudgetLimitReport>();
        for (int i = 0; i < Math.Min(scope.Windows.Length, scope.Rates.Length); i++)
        {
            (MovingWindow window, CallRate rate) = (scope.Windows[i].At(now, scope.Rates[i]), scope.Rates[i]);
            limits.Add(new("declared", rate.Limit, rate.Interval.TotalSeconds, window.Used, Math.Max(0, rate.Limit - window.Used), null, null));
        }

        foreach ((_, Quota known) in scope.Quotas.OrderBy(quota => quota.Key, StringComparer.Ordinal))
        {
            if (known.At(now) is { } quota)
            {
                limits.Add(new(
                    "header", quota.Limit, quota.Window?.TotalSeconds, quota.Limit - quota.Remaining, quota.Remaining, quota.ResetAt, null));
            }
        }

        if (scope.Pace.CallsPerSecond is { } speed)
            limits.Add(new("learnt", null, null, null, null, null, Math.Round(speed, 3)));
        var underway = scope.Underway.At(now);
        return new BudgetScopeReport(
            key, limits, scope.Made, scope.Refused, scope.Underway.IsEmpty ? null : underway.Values.Sum(worker => worker.Calls),
            scope.PausedUntil > now ? scope.PausedUntil : null, scope.LiveUntil > now);
    }
}

using System.Globalization;
using Penstock.Pipelines.Budgets;

namespace Penstock.Cli.Status;

/// <summary>Says in a line what each group of a credential's calls has used and may still use.</summary>
internal static class BudgetLines
{
    public static IEnumerable<string> Of(BudgetReport budget)
    {
        if (budget.Paused is { } paused)
            yield return $"budget {budget.Credential}: paused {(paused.Until is { } until ? $"until {Time(until)}" : "until it is resumed")}: {paused.Reason}";
        foreach (BudgetScopeReport scope in budget.Scopes)
        {
            string[] parts =
            [
                .. scope.Limits.Select(Limit),
                string.Create(CultureInfo.InvariantCulture, $"{scope.Made:N0} calls made, {scope.Refused:N0} refused"),
                .. scope.Underway is { } underway ? [$"{underway} under way"] : Array.Empty<string>(),
                .. scope.WaitsUntil is { } waits ? [$"the source asked to wait until {Time(waits)}"] : Array.Empty<string>(),
                .. scope.LiveWaits ? ["live calls wait"] : Array.Empty<string>(),
            ];
            yield return $"budget {budget.Credential}, {scope.Scope}: {string.Join("; ", parts)}";
        }
    }

    private static string Limit(BudgetLimitReport limit) => limit.CallsPerSecond is { } speed
        ? string.Create(CultureInfo.InvariantCulture, $"{speed:0.###} calls a second (found by trying)")
        : string.Create(CultureInfo.InvariantCulture, $"{limit.Remaining:N0} of {(limit.Limit is { } all ? all.ToString("N0", CultureInfo.InvariantCulture) : "?")} left{(limit.WindowSeconds is { } window ? $" in {window:0.#} s" : "")} ({(limit.Source == "header" ? "the source says" : limit.Source)})");

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

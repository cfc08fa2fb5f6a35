using System.Diagnostics.Metrics;
using Penstock.Connectors.Budgets;

namespace Penstock.Pipelines.Budgets;

/// <summary>What budgets do, as metrics of the meter <c>Penstock</c>.</summary>
internal static class BudgetMetrics
{
    private static readonly Meter Meter = new("Penstock");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(
        "penstock.budget.calls", "{call}", "Calls that were answered, by credential.");

    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "penstock.budget.refused", "{call}", "Calls that a source refused for its limit, by credential.");

    private static readonly Counter<long> Waits = Meter.CreateCounter<long>(
        "penstock.budget.waits", "{wait}", "Times that a call had to wait for its budget, by credential and priority.");

    public static void Answered(string credential, bool isRefused)
    {
        Calls.Add(1, new KeyValuePair<string, object?>("credential", credential));
        if (isRefused)
            Refusals.Add(1, new KeyValuePair<string, object?>("credential", credential));
    }

    public static void Waited(string credential, CallPriority priority) => Waits.Add(
        1,
        new KeyValuePair<string, object?>("credential", credential),
        new KeyValuePair<string, object?>("priority", priority == CallPriority.Live ? "live" : "backfill"));
}

using Penstock.Infra.Foundation;
using Pulumi;
using Pulumi.AzureNative.Consumption;
using Pulumi.AzureNative.Consumption.Inputs;

namespace Penstock.Infra.Observability;

/// <summary>Tells when the month's costs reach, or are about to reach, what they may be. It stops nothing.</summary>
internal sealed class CostBudget : StackPart
{
    public CostBudget(Surroundings around, Alerts alerts)
        : base("CostBudget", "cost-budget")
    {
        _ = new Budget("budget", new BudgetArgs
        {
            Scope = around.GroupId,
            BudgetName = around.Names.Budget,
            Category = "Cost",
            Amount = around.Settings.BudgetPerMonth,
            TimeGrain = "Monthly",
            TimePeriod = new BudgetTimePeriodArgs { StartDate = $"{around.Settings.BudgetFrom:yyyy-MM-dd}T00:00:00Z" },
            Notifications =
            {
                ["half"] = Notification(around, alerts, 50, "Actual"),
                ["nearly"] = Notification(around, alerts, 90, "Actual"),
                ["will-exceed"] = Notification(around, alerts, 100, "Forecasted"),
            },
        }, Inside());
    }

    private static NotificationArgs Notification(Surroundings around, Alerts alerts, double percent, string of) => new()
    {
        Enabled = true,
        Operator = "GreaterThanOrEqualTo",
        Threshold = percent,
        ThresholdType = of,
        ContactEmails = around.Settings.AlertEmails.Select(address => (Input<string>)address).ToArray(),
        ContactGroups = { alerts.GroupId },
    };
}

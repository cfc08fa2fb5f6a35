using Penstock.Infra.Foundation;
using Pulumi;
using Pulumi.AzureNative.Monitor;
using Pulumi.AzureNative.Monitor.Inputs;

namespace Penstock.Infra.Observability;

/// <summary>The rules, and the people that they tell.</summary>
internal sealed class Alerts : StackPart
{
    private const string Runbook = "What to do: docs/deploy.md, ";
    private readonly Surroundings _around;
    private readonly Telemetry _telemetry;

    public Alerts(Surroundings around, Telemetry telemetry)
        : base("Alerts", "alerts")
    {
        _around = around;
        _telemetry = telemetry;
        var group = new ActionGroup("action-group", new Pulumi.AzureNative.Monitor.ActionGroupArgs
        {
            ResourceGroupName = around.Group,
            ActionGroupName = around.Names.ActionGroup,
            GroupShortName = "penstock",
            Location = "global",
            Enabled = true,
            Tags = around.Tags,
            EmailReceivers = around.Settings.AlertEmails.Select((address, i) => (Input<MicrosoftCommonEmailReceiverArgs>)new MicrosoftCommonEmailReceiverArgs
            {
                Name = $"person-{i + 1}",
                EmailAddress = address,
                UseCommonAlertSchema = true,
            }).ToArray(),
        }, Inside());
        GroupId = group.Id;
    }

    /// <summary>The id of the action group.</summary>
    public Output<string> GroupId { get; }

    /// <summary>Asks the logs.</summary>
    public void Ask(AlertRule rule) => _ = new ScheduledQueryRule(rule.Name, new ScheduledQueryRuleArgs
    {
        ResourceGroupName = _around.Group,
        RuleName = _around.Names.Alert(rule.Name),
        Location = _around.Settings.Location,
        Tags = _around.Tags,
        Kind = "LogAlert",
        DisplayName = $"Penstock {_around.Settings.Environment}: {rule.Name}",
        Description = $"{rule.Summary} {Runbook}'{rule.Name}'.",
        Severity = rule.Severity,
        Enabled = true,
        AutoMitigate = true,
        // The tables of a workspace are only there once something was written to them.
        SkipQueryValidation = true,
        Scopes = { _telemetry.WorkspaceId },
        EvaluationFrequency = Duration(rule.EveryMinutes),
        WindowSize = Duration(rule.WindowMinutes),
        Criteria = new ScheduledQueryRuleCriteriaArgs
        {
            AllOf =
            {
                new ConditionArgs
                {
                    Query = rule.Query,
                    TimeAggregation = "Count",
                    Operator = rule.SilenceIsBad ? "LessThan" : "GreaterThanOrEqual",
                    Threshold = 1,
                    FailingPeriods = new ConditionFailingPeriodsArgs { NumberOfEvaluationPeriods = 1, MinFailingPeriodsToAlert = 1 },
                },
            },
        },
        Actions = new ActionsArgs { ActionGroups = { GroupId } },
    }, Inside());

    /// <summary>Watches a metric of a service.</summary>
    public void Watch(MetricRule rule, Output<string> service)
    {
        var criterion = new MetricCriteriaArgs
        {
            Name = "limit",
            CriterionType = "StaticThresholdCriterion",
            MetricNamespace = rule.Namespace,
            MetricName = rule.Metric,
            TimeAggregation = "Total",
            Operator = "GreaterThan",
            Threshold = rule.Above,
        };
        if (rule.Dimension is { } dimension)
            criterion.Dimensions = new InputList<MetricDimensionArgs> { new MetricDimensionArgs { Name = dimension.Name, Operator = "Include", Values = { dimension.Value } } };
        _ = new MetricAlert(rule.Name, new MetricAlertArgs
        {
            ResourceGroupName = _around.Group,
            RuleName = _around.Names.Alert(rule.Name),
            Location = "global",
            Tags = _around.Tags,
            Description = $"{rule.Summary} {Runbook}'{rule.Name}'.",
            Severity = rule.Severity,
            Enabled = true,
            AutoMitigate = true,
            Scopes = { service },
            EvaluationFrequency = "PT5M",
            WindowSize = "PT15M",
            Criteria = new MetricAlertSingleResourceMultipleMetricCriteriaArgs
            {
                OdataType = "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                AllOf = { criterion },
            },
            Actions = { new MetricAlertActionArgs { ActionGroupId = GroupId } },
        }, Inside());
    }

    // Azure takes PT1H and no PT60M.
    private static string Duration(int minutes) => System.Xml.XmlConvert.ToString(TimeSpan.FromMinutes(minutes));
}

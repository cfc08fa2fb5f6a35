namespace Pulumi.AzureNative.Monitor.Inputs;

public sealed class ActionGroupArgs : ResourceArgs
{

}

public sealed class ActionsArgs : ResourceArgs
{
    public InputList<string> ActionGroups { get; set; } = new();
}

public sealed class ConditionArgs : ResourceArgs
{
    public Input<ConditionFailingPeriodsArgs>? FailingPeriods { get; set; }

    public InputUnion<string, ConditionOperator>? Operator { get; set; }

    public Input<string>? Query { get; set; }

    public Input<double>? Threshold { get; set; }

    public InputUnion<string, TimeAggregation>? TimeAggregation { get; set; }
}

public sealed class ConditionFailingPeriodsArgs : ResourceArgs
{
    public Input<int>? MinFailingPeriodsToAlert { get; set; }

    public Input<int>? NumberOfEvaluationPeriods { get; set; }
}

public sealed class DiagnosticsLogSettingsArgs : ResourceArgs
{
    public Input<string>? Category { get; set; }

    [Input("enabled", required: true)]
    public Input<bool> Enabled { get; set; } = null!;
}

public sealed class MetricAlertActionArgs : ResourceArgs
{
    public Input<string>? ActionGroupId { get; set; }
}

public sealed class MetricAlertSingleResourceMultipleMetricCriteriaArgs : ResourceArgs
{
    public InputList<MetricCriteriaArgs> AllOf { get; set; } = new();

    [Input("odataType", required: true)]
    public Input<string> OdataType { get; set; } = null!;
}

public sealed class MetricCriteriaArgs : ResourceArgs
{
    [Input("criterionType", required: true)]
    public Input<string> CriterionType { get; set; } = null!;

    public InputList<MetricDimensionArgs> Dimensions { get; set; } = new();

    [Input("metricName", required: true)]
    public Input<string> MetricName { get; set; } = null!;

    public Input<string>? MetricNamespace { get; set; }

    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("operator", required: true)]
    public InputUnion<string, Operator> Operator { get; set; } = null!;

    [Input("threshold", required: true)]
    public Input<double> Threshold { get; set; } = null!;

    [Input("timeAggregation", required: true)]
    public InputUnion<string, AggregationTypeEnum> TimeAggregation { get; set; } = null!;
}

public sealed class MetricDimensionArgs : ResourceArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("operator", required: true)]
    public Input<string> Operator { get; set; } = null!;

    public InputList<string> Values { get; set; } = new();
}

public sealed class MicrosoftCommonEmailReceiverArgs : ResourceArgs
{
    [Input("emailAddress", required: true)]
    public Input<string> EmailAddress { get; set; } = null!;

    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    public Input<bool>? UseCommonAlertSchema { get; set; }
}

public sealed class ScheduledQueryRuleCriteriaArgs : ResourceArgs
{
    public InputList<ConditionArgs> AllOf { get; set; } = new();
}

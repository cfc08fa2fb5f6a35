namespace Pulumi.AzureNative.Monitor;

public class MetricAlert(string name, MetricAlertArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:monitor:MetricAlert", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class MetricAlertArgs : ResourceArgs
{
    public InputList<Inputs.MetricAlertActionArgs> Actions { get; set; } = new();

    public Input<bool>? AutoMitigate { get; set; }

    [Input("criteria", required: true)]
    public object Criteria { get; set; } = null!;

    public Input<string>? Description { get; set; }

    [Input("enabled", required: true)]
    public Input<bool> Enabled { get; set; } = null!;

    [Input("evaluationFrequency", required: true)]
    public Input<string> EvaluationFrequency { get; set; } = null!;

    public Input<string>? Location { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<string>? RuleName { get; set; }

    public InputList<string> Scopes { get; set; } = new();

    [Input("severity", required: true)]
    public Input<int> Severity { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();

    [Input("windowSize", required: true)]
    public Input<string> WindowSize { get; set; } = null!;
}

public class ScheduledQueryRule(string name, ScheduledQueryRuleArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:monitor:ScheduledQueryRule", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class ScheduledQueryRuleArgs : ResourceArgs
{
    public Input<Inputs.ActionsArgs>? Actions { get; set; }

    public Input<bool>? AutoMitigate { get; set; }

    public Input<Inputs.ScheduledQueryRuleCriteriaArgs>? Criteria { get; set; }

    public Input<string>? Description { get; set; }

    public Input<string>? DisplayName { get; set; }

    public Input<bool>? Enabled { get; set; }

    public Input<string>? EvaluationFrequency { get; set; }

    public InputUnion<string, Kind>? Kind { get; set; }

    public Input<string>? Location { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<string>? RuleName { get; set; }

    public InputList<string> Scopes { get; set; } = new();

    public Input<int>? Severity { get; set; }

    public Input<bool>? SkipQueryValidation { get; set; }

    public InputMap<string> Tags { get; set; } = new();

    public Input<string>? WindowSize { get; set; }
}

public class ActionGroup(string name, ActionGroupArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:monitor:ActionGroup", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class ActionGroupArgs : ResourceArgs
{
    public Input<string>? ActionGroupName { get; set; }

    public InputList<Inputs.MicrosoftCommonEmailReceiverArgs> EmailReceivers { get; set; } = new();

    [Input("enabled", required: true)]
    public Input<bool> Enabled { get; set; } = null!;

    [Input("groupShortName", required: true)]
    public Input<string> GroupShortName { get; set; } = null!;

    public Input<string>? Location { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();
}

public class DiagnosticSetting(string name, DiagnosticSettingArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:monitor:DiagnosticSetting", name, args, options);

public sealed class DiagnosticSettingArgs : ResourceArgs
{
    public Input<string>? LogAnalyticsDestinationType { get; set; }

    public InputList<Inputs.DiagnosticsLogSettingsArgs> Logs { get; set; } = new();

    public Input<string>? Name { get; set; }

    [Input("resourceUri", required: true)]
    public Input<string> ResourceUri { get; set; } = null!;

    public Input<string>? WorkspaceId { get; set; }
}

[EnumType]
public readonly struct AggregationTypeEnum;

[EnumType]
public readonly struct ConditionOperator;

[EnumType]
public readonly struct Kind;

[EnumType]
public readonly struct Operator;

[EnumType]
public readonly struct TimeAggregation;

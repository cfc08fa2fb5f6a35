namespace Pulumi.AzureNative.Consumption;

public class Budget(string name, BudgetArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:consumption:Budget", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class BudgetArgs : ResourceArgs
{
    [Input("amount", required: true)]
    public Input<double> Amount { get; set; } = null!;

    public Input<string>? BudgetName { get; set; }

    [Input("category", required: true)]
    public InputUnion<string, CategoryType> Category { get; set; } = null!;

    public InputMap<Inputs.NotificationArgs> Notifications { get; set; } = new();

    [Input("scope", required: true)]
    public Input<string> Scope { get; set; } = null!;

    [Input("timeGrain", required: true)]
    public InputUnion<string, TimeGrainType> TimeGrain { get; set; } = null!;

    [Input("timePeriod", required: true)]
    public Input<Inputs.BudgetTimePeriodArgs> TimePeriod { get; set; } = null!;
}

[EnumType]
public readonly struct CategoryType;

[EnumType]
public readonly struct OperatorType;

[EnumType]
public readonly struct ThresholdType;

[EnumType]
public readonly struct TimeGrainType;

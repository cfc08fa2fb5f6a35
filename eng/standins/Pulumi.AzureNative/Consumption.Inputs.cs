namespace Pulumi.AzureNative.Consumption.Inputs;

public sealed class BudgetTimePeriodArgs : ResourceArgs
{
    [Input("startDate", required: true)]
    public Input<string> StartDate { get; set; } = null!;
}

public sealed class NotificationArgs : ResourceArgs
{
    public InputList<string> ContactEmails { get; set; } = new();

    public InputList<string> ContactGroups { get; set; } = new();

    [Input("enabled", required: true)]
    public Input<bool> Enabled { get; set; } = null!;

    [Input("operator", required: true)]
    public InputUnion<string, OperatorType> Operator { get; set; } = null!;

    [Input("threshold", required: true)]
    public Input<double> Threshold { get; set; } = null!;

    public InputUnion<string, ThresholdType>? ThresholdType { get; set; }
}

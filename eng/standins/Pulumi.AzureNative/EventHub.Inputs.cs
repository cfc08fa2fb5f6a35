namespace Pulumi.AzureNative.EventHub.Inputs;

public sealed class RetentionDescriptionArgs : ResourceArgs
{
    public InputUnion<string, CleanupPolicyRetentionDescription>? CleanupPolicy { get; set; }

    public Input<int>? RetentionTimeInHours { get; set; }
}

public sealed class SkuArgs : ResourceArgs
{
    public Input<int>? Capacity { get; set; }

    [Input("name", required: true)]
    public InputUnion<string, SkuName> Name { get; set; } = null!;

    public InputUnion<string, SkuTier>? Tier { get; set; }
}

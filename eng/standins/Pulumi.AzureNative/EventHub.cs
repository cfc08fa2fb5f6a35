namespace Pulumi.AzureNative.EventHub;

public class Namespace(string name, NamespaceArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:eventhub:Namespace", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class NamespaceArgs : ResourceArgs
{
    public Input<bool>? DisableLocalAuth { get; set; }

    public Input<bool>? IsAutoInflateEnabled { get; set; }

    public Input<bool>? KafkaEnabled { get; set; }

    public Input<string>? Location { get; set; }

    public Input<int>? MaximumThroughputUnits { get; set; }

    public InputUnion<string, TlsVersion>? MinimumTlsVersion { get; set; }

    public Input<string>? NamespaceName { get; set; }

    public InputUnion<string, PublicNetworkAccess>? PublicNetworkAccess { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<Inputs.SkuArgs>? Sku { get; set; }

    public InputMap<string> Tags { get; set; } = new();
}

public class EventHub(string name, EventHubArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:eventhub:EventHub", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class EventHubArgs : ResourceArgs
{
    public Input<string>? EventHubName { get; set; }

    [Input("namespaceName", required: true)]
    public Input<string> NamespaceName { get; set; } = null!;

    public Input<int>? PartitionCount { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<Inputs.RetentionDescriptionArgs>? RetentionDescription { get; set; }
}

public class ConsumerGroup(string name, ConsumerGroupArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:eventhub:ConsumerGroup", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class ConsumerGroupArgs : ResourceArgs
{
    public Input<string>? ConsumerGroupName { get; set; }

    [Input("eventHubName", required: true)]
    public Input<string> EventHubName { get; set; } = null!;

    [Input("namespaceName", required: true)]
    public Input<string> NamespaceName { get; set; } = null!;

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;
}

[EnumType]
public readonly struct CleanupPolicyRetentionDescription;

[EnumType]
public readonly struct PublicNetworkAccess;

[EnumType]
public readonly struct SkuName
{
    private readonly string _value;

    private SkuName(string value) => _value = value;

    public static SkuName Standard { get; } = new("Standard");

    public override string ToString() => _value;
}

[EnumType]
public readonly struct SkuTier;

[EnumType]
public readonly struct TlsVersion;

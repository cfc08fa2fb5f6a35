namespace Pulumi.AzureNative.Storage;

public class StorageAccount(string name, StorageAccountArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:storage:StorageAccount", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    [Output("primaryEndpoints")]
    public Output<Outputs.EndpointsResponse> PrimaryEndpoints { get; private set; } = null!;
}

public sealed class StorageAccountArgs : ResourceArgs
{
    public Input<string>? AccountName { get; set; }

    public Input<bool>? AllowBlobPublicAccess { get; set; }

    public Input<bool>? AllowCrossTenantReplication { get; set; }

    public Input<bool>? AllowSharedKeyAccess { get; set; }

    public InputUnion<string, AllowedCopyScope>? AllowedCopyScope { get; set; }

    public Input<bool>? DefaultToOAuthAuthentication { get; set; }

    public Input<bool>? EnableHttpsTrafficOnly { get; set; }

    public Input<bool>? IsLocalUserEnabled { get; set; }

    [Input("kind", required: true)]
    public InputUnion<string, Kind> Kind { get; set; } = null!;

    public Input<string>? Location { get; set; }

    public InputUnion<string, MinimumTlsVersion>? MinimumTlsVersion { get; set; }

    public Input<Inputs.NetworkRuleSetArgs>? NetworkRuleSet { get; set; }

    public InputUnion<string, PublicNetworkAccess>? PublicNetworkAccess { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    [Input("sku", required: true)]
    public Input<Inputs.SkuArgs> Sku { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();
}

public class BlobContainer(string name, BlobContainerArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:storage:BlobContainer", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class BlobContainerArgs : ResourceArgs
{
    [Input("accountName", required: true)]
    public Input<string> AccountName { get; set; } = null!;

    public Input<string>? ContainerName { get; set; }

    public Input<PublicAccess>? PublicAccess { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;
}

public class Queue(string name, QueueArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:storage:Queue", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class QueueArgs : ResourceArgs
{
    [Input("accountName", required: true)]
    public Input<string> AccountName { get; set; } = null!;

    public Input<string>? QueueName { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;
}

public class ManagementPolicy(string name, ManagementPolicyArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:storage:ManagementPolicy", name, args, options);

public sealed class ManagementPolicyArgs : ResourceArgs
{
    [Input("accountName", required: true)]
    public Input<string> AccountName { get; set; } = null!;

    public Input<string>? ManagementPolicyName { get; set; }

    [Input("policy", required: true)]
    public Input<Inputs.ManagementPolicySchemaArgs> Policy { get; set; } = null!;

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;
}

public class BlobServiceProperties(string name, BlobServicePropertiesArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:storage:BlobServiceProperties", name, args, options);

public sealed class BlobServicePropertiesArgs : ResourceArgs
{
    [Input("accountName", required: true)]
    public Input<string> AccountName { get; set; } = null!;

    public Input<string>? BlobServicesName { get; set; }

    public Input<Inputs.DeleteRetentionPolicyArgs>? ContainerDeleteRetentionPolicy { get; set; }

    public Input<Inputs.DeleteRetentionPolicyArgs>? DeleteRetentionPolicy { get; set; }

    public Input<bool>? IsVersioningEnabled { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;
}

[EnumType]
public readonly struct AllowedCopyScope;

[EnumType]
public readonly struct Bypass;

[EnumType]
public readonly struct DefaultAction
{
    private readonly string _value;

    private DefaultAction(string value) => _value = value;

    public static DefaultAction Allow { get; } = new("Allow");

    public static DefaultAction Deny { get; } = new("Deny");

    public override string ToString() => _value;
}

[EnumType]
public readonly struct Kind;

[EnumType]
public readonly struct MinimumTlsVersion;

[EnumType]
public readonly struct PublicAccess
{
    private readonly string _value;

    private PublicAccess(string value) => _value = value;

    public static PublicAccess None { get; } = new("None");

    public override string ToString() => _value;
}

[EnumType]
public readonly struct PublicNetworkAccess;

[EnumType]
public readonly struct RuleType;

[EnumType]
public readonly struct SkuName;

namespace Pulumi.AzureNative.Web;

public class WebApp(string name, WebAppArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:web:WebApp", name, args, options)
{
    [Output("defaultHostName")]
    public Output<string> DefaultHostName { get; private set; } = null!;

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class WebAppArgs : ResourceArgs
{
    public Input<Inputs.FunctionAppConfigArgs>? FunctionAppConfig { get; set; }

    public Input<bool>? HttpsOnly { get; set; }

    public Input<Inputs.ManagedServiceIdentityArgs>? Identity { get; set; }

    public Input<string>? KeyVaultReferenceIdentity { get; set; }

    public Input<string>? Kind { get; set; }

    public Input<string>? Location { get; set; }

    public Input<string>? Name { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<string>? ServerFarmId { get; set; }

    public Input<Inputs.SiteConfigArgs>? SiteConfig { get; set; }

    public InputMap<string> Tags { get; set; } = new();

    public Input<string>? VirtualNetworkSubnetId { get; set; }
}

public class AppServicePlan(string name, AppServicePlanArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:web:AppServicePlan", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class AppServicePlanArgs : ResourceArgs
{
    public Input<string>? Kind { get; set; }

    public Input<string>? Location { get; set; }

    public Input<string>? Name { get; set; }

    public Input<bool>? Reserved { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<Inputs.SkuDescriptionArgs>? Sku { get; set; }

    public InputMap<string> Tags { get; set; } = new();

    public Input<bool>? ZoneRedundant { get; set; }
}

public class WebAppFtpAllowed(string name, WebAppFtpAllowedArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:web:WebAppFtpAllowed", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class WebAppFtpAllowedArgs : ResourceArgs
{
    [Input("allow", required: true)]
    public Input<bool> Allow { get; set; } = null!;

    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;
}

public class WebAppScmAllowed(string name, WebAppScmAllowedArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:web:WebAppScmAllowed", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class WebAppScmAllowedArgs : ResourceArgs
{
    [Input("allow", required: true)]
    public Input<bool> Allow { get; set; } = null!;

    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;
}

[EnumType]
public readonly struct AuthenticationType;

[EnumType]
public readonly struct FtpsState;

[EnumType]
public readonly struct FunctionsDeploymentStorageType;

[EnumType]
public readonly struct ManagedServiceIdentityType
{
    private readonly string _value;

    private ManagedServiceIdentityType(string value) => _value = value;

    public static ManagedServiceIdentityType UserAssigned { get; } = new("UserAssigned");

    public override string ToString() => _value;
}

[EnumType]
public readonly struct RuntimeName;

[EnumType]
public readonly struct SupportedTlsVersions;

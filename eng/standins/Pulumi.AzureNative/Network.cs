namespace Pulumi.AzureNative.Network;

public class VirtualNetwork(string name, VirtualNetworkArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:network:VirtualNetwork", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class VirtualNetworkArgs : ResourceArgs
{
    public Input<Inputs.AddressSpaceArgs>? AddressSpace { get; set; }

    public Input<string>? Location { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();

    public Input<string>? VirtualNetworkName { get; set; }
}

public class Subnet(string name, SubnetArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:network:Subnet", name, args, options)
{
    [Output("name")]
    public Output<string?> Name { get; private set; } = null!;
}

public sealed class SubnetArgs : ResourceArgs
{
    public Input<string>? AddressPrefix { get; set; }

    public Input<bool>? DefaultOutboundAccess { get; set; }

    public InputList<Inputs.DelegationArgs> Delegations { get; set; } = new();

    public Input<string>? Id { get; set; }

    public InputUnion<string, VirtualNetworkPrivateEndpointNetworkPolicies>? PrivateEndpointNetworkPolicies { get; set; }

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<string>? SubnetName { get; set; }

    [Input("virtualNetworkName", required: true)]
    public Input<string> VirtualNetworkName { get; set; } = null!;
}

public class PrivateEndpoint(string name, PrivateEndpointArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:network:PrivateEndpoint", name, args, options)
{
    [Output("name")]
    public Output<string> Name { get; private set; } = null!;
}

public sealed class PrivateEndpointArgs : ResourceArgs
{
    public Input<string>? Location { get; set; }

    public Input<string>? PrivateEndpointName { get; set; }

    public InputList<Inputs.PrivateLinkServiceConnectionArgs> PrivateLinkServiceConnections { get; set; } = new();

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public Input<Inputs.SubnetArgs>? Subnet { get; set; }

    public InputMap<string> Tags { get; set; } = new();
}

public class PrivateDnsZoneGroup(string name, PrivateDnsZoneGroupArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:network:PrivateDnsZoneGroup", name, args, options)
{
    [Output("name")]
    public Output<string?> Name { get; private set; } = null!;
}

public sealed class PrivateDnsZoneGroupArgs : ResourceArgs
{
    public InputList<Inputs.PrivateDnsZoneConfigArgs> PrivateDnsZoneConfigs { get; set; } = new();

    public Input<string>? PrivateDnsZoneGroupName { get; set; }

    [Input("privateEndpointName", required: true)]
    public Input<string> PrivateEndpointName { get; set; } = null!;

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;
}

[EnumType]
public readonly struct VirtualNetworkPrivateEndpointNetworkPolicies;

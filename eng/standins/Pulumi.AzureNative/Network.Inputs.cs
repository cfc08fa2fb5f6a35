namespace Pulumi.AzureNative.Network.Inputs;

public sealed class AddressSpaceArgs : ResourceArgs
{
    public InputList<string> AddressPrefixes { get; set; } = new();
}

public sealed class DelegationArgs : ResourceArgs
{
    public Input<string>? Name { get; set; }

    public Input<string>? ServiceName { get; set; }
}

public sealed class PrivateDnsZoneConfigArgs : ResourceArgs
{
    public Input<string>? Name { get; set; }

    public Input<string>? PrivateDnsZoneId { get; set; }
}

public sealed class PrivateLinkServiceConnectionArgs : ResourceArgs
{
    public InputList<string> GroupIds { get; set; } = new();

    public Input<string>? Name { get; set; }

    public Input<string>? PrivateLinkServiceId { get; set; }
}

public sealed class SubResourceArgs : ResourceArgs
{
    public Input<string>? Id { get; set; }
}

public sealed class SubnetArgs : ResourceArgs
{
    public Input<string>? AddressPrefix { get; set; }

    public Input<bool>? DefaultOutboundAccess { get; set; }

    public InputList<DelegationArgs> Delegations { get; set; } = new();

    public Input<string>? Id { get; set; }

    public InputUnion<string, VirtualNetworkPrivateEndpointNetworkPolicies>? PrivateEndpointNetworkPolicies { get; set; }
}

public sealed class VirtualNetworkArgs : ResourceArgs
{
    public Input<AddressSpaceArgs>? AddressSpace { get; set; }

    public Input<string>? Location { get; set; }

    public InputMap<string> Tags { get; set; } = new();
}

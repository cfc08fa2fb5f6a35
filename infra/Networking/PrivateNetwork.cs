using Penstock.Infra.Foundation;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;

namespace Penstock.Infra.Networking;

/// <summary>The virtual network: a subnet that the app calls out from, one that the private endpoints are in.</summary>
internal sealed class PrivateNetwork : StackPart
{
    public PrivateNetwork(Surroundings around)
        : base("PrivateNetwork", "private-network")
    {
        string prefix = around.Settings.AddressSpace[..around.Settings.AddressSpace.LastIndexOf('.')];
        var network = new VirtualNetwork("network", new Pulumi.AzureNative.Network.VirtualNetworkArgs
        {
            ResourceGroupName = around.Group,
            VirtualNetworkName = around.Names.Network,
            Location = around.Settings.Location,
            Tags = around.Tags,
            AddressSpace = new AddressSpaceArgs { AddressPrefixes = { around.Settings.AddressSpace } },
        }, Inside());
        Id = network.Id;
        AppSubnetId = Subnet(around, network, "app", $"{prefix}.0/26", delegated: true).Id;
        EndpointSubnet = Subnet(around, network, "endpoints", $"{prefix}.64/26", delegated: false, AppSubnet);
    }

    public Output<string> Id { get; }

    public Output<string> AppSubnetId { get; }

    public Pulumi.AzureNative.Network.Subnet EndpointSubnet { get; }

    private Pulumi.AzureNative.Network.Subnet AppSubnet { get; set; } = null!;

    private Pulumi.AzureNative.Network.Subnet Subnet(Surroundings around, VirtualNetwork network, string name, string addresses, bool delegated, params Resource[] after)
    {
        var args = new Pulumi.AzureNative.Network.SubnetArgs
        {
            ResourceGroupName = around.Group,
            VirtualNetworkName = network.Name,
            SubnetName = around.Names.Subnet(name),
            AddressPrefix = addresses,
            DefaultOutboundAccess = delegated,
            PrivateEndpointNetworkPolicies = "Enabled",
        };
        // Flex Consumption integrates like Container Apps; the delegation may take underscores in no subnet's name.
        if (delegated)
            args.Delegations = new InputList<DelegationArgs> { new DelegationArgs { Name = "flex", ServiceName = "Microsoft.App/environments" } };
        // Azure changes one subnet of a network at a time.
        var subnet = new Pulumi.AzureNative.Network.Subnet($"{name}-subnet", args, Inside(after));
        if (delegated)
            AppSubnet = subnet;
        return subnet;
    }
}

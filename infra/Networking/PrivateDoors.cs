using Penstock.Infra.Foundation;
using Pulumi;
using Pulumi.AzureNative.Network;
using Pulumi.AzureNative.Network.Inputs;
using Pulumi.AzureNative.PrivateDns;

namespace Penstock.Infra.Networking;

/// <summary>A private endpoint for each service, with the DNS zone that makes the service's name lead to it.</summary>
internal sealed class PrivateDoors(Surroundings around, PrivateNetwork network) : Foundation.StackPart("PrivateDoors", "private-doors")
{
    private readonly Dictionary<string, PrivateZone> _zones = [];

    /// <summary>Opens a door to a service.</summary>
    /// <param name="name">Its name, like <c>data-blob</c>.</param>
    /// <param name="service">The service's id.</param>
    /// <param name="part">The part of the service, like <c>blob</c>.</param>
    /// <param name="zone">The DNS zone, like <c>privatelink.blob.core.windows.net</c>.</param>
    public void To(string name, Output<string> service, string part, string zone)
    {
        var endpoint = new PrivateEndpoint($"{name}-endpoint", new PrivateEndpointArgs
        {
            ResourceGroupName = around.Group,
            PrivateEndpointName = around.Names.PrivateEndpoint(name),
            Location = around.Settings.Location,
            Tags = around.Tags,
            Subnet = new Pulumi.AzureNative.Network.Inputs.SubnetArgs { Id = network.EndpointSubnet.Id },
            PrivateLinkServiceConnections = { new PrivateLinkServiceConnectionArgs { Name = name, PrivateLinkServiceId = service, GroupIds = { part } } },
        }, Inside());
        _ = new PrivateDnsZoneGroup($"{name}-dns", new PrivateDnsZoneGroupArgs
        {
            ResourceGroupName = around.Group,
            PrivateEndpointName = endpoint.Name,
            PrivateDnsZoneGroupName = "default",
            PrivateDnsZoneConfigs = { new PrivateDnsZoneConfigArgs { Name = part, PrivateDnsZoneId = Zone(zone).Id } },
        }, Inside());
    }

    private PrivateZone Zone(string name)
    {
        if (_zones.TryGetValue(name, out PrivateZone? known))
            return known;
        var zone = new PrivateZone(name, new PrivateZoneArgs
        {
            ResourceGroupName = around.Group,
            PrivateZoneName = name,
            Location = "global",
            Tags = around.Tags,
        }, Inside());
        _ = new Pulumi.AzureNative.PrivateDns.VirtualNetworkLink($"{name}-link", new Pulumi.AzureNative.PrivateDns.VirtualNetworkLinkArgs
        {
            ResourceGroupName = around.Group,
            PrivateZoneName = zone.Name,
            VirtualNetworkLinkName = around.Names.Network,
            Location = "global",
            Tags = around.Tags,
            RegistrationEnabled = false,
            VirtualNetwork = new Pulumi.AzureNative.PrivateDns.Inputs.SubResourceArgs { Id = network.Id },
        }, Inside());
        return _zones[name] = zone;
    }
}

using Penstock.Infra.Graph;

namespace Penstock.Infra.Tests;

public sealed class NetworkTests
{
    [Fact]
    public async Task without_the_switch_there_is_no_network() =>
        Assert.DoesNotContain((await Stacks.DevAsync()).Resources, one => one.Type.StartsWith("azure-native:network:", StringComparison.Ordinal) || one.Type.StartsWith("azure-native:privatedns:", StringComparison.Ordinal));

    [Fact]
    public async Task with_the_switch_no_data_service_can_be_reached_from_outside()
    {
        StackGraph graph = await Stacks.PrivateAsync();
        Assert.All(graph.OfType("storage:StorageAccount"), one =>
        {
            Assert.Equal("Disabled", one.Text("publicNetworkAccess"));
            Assert.Equal("Deny", one.Text("networkRuleSet.defaultAction"));
        });
        Assert.Equal("Disabled", Assert.Single(graph.OfType("cosmosdb:DatabaseAccount")).Text("publicNetworkAccess"));
        Assert.Equal("Disabled", Assert.Single(graph.OfType("eventhub:Namespace")).Text("publicNetworkAccess"));
        Assert.Equal("Disabled", Assert.Single(graph.OfType("keyvault:Vault")).Text("properties.publicNetworkAccess"));
    }

    [Fact]
    public async Task every_part_of_a_service_that_the_app_uses_has_a_door_and_a_name()
    {
        StackGraph graph = await Stacks.PrivateAsync();
        string[] doors = [.. graph.OfType("network:PrivateEndpoint").Select(one => one.Name)];
        Assert.Equal(
            ["cosmos-endpoint", "data-blob-endpoint", "data-queue-endpoint", "event-hubs-endpoint", "host-blob-endpoint", "host-table-endpoint", "key-vault-endpoint"], doors);
        Assert.Equal(doors.Length, graph.OfType("network:PrivateDnsZoneGroup").Count());
        GraphResource[] zones = [.. graph.OfType("privatedns:PrivateZone")];
        Assert.Equal(6, zones.Length);
        Assert.Equal(zones.Select(zone => zone.Text("privateZoneName")), graph.OfType("privatedns:VirtualNetworkLink").Select(link => link.Text("privateZoneName")));
    }

    [Fact]
    public async Task the_app_calls_out_from_a_subnet_delegated_to_flex_consumption()
    {
        StackGraph graph = await Stacks.PrivateAsync();
        GraphResource subnet = graph.Single("app-subnet");
        Assert.Equal(subnet.Id, graph.Single("app").Text("virtualNetworkSubnetId"));
        Assert.Contains("Microsoft.App/environments", Texts.Of(subnet.Find("delegations")));
        Assert.DoesNotContain('_', subnet.Text("subnetName")!);
    }
}

namespace Pulumi.AzureNative.Web.Outputs;

[OutputType]
public sealed class ServerFarmNetworkSettingsResponse
{
    public readonly string? VirtualNetworkSubnetId;

    [OutputConstructor]
    private ServerFarmNetworkSettingsResponse(string? virtualNetworkSubnetId)
    {
        VirtualNetworkSubnetId = virtualNetworkSubnetId;
    }
}

namespace Pulumi.AzureNative.Network.Outputs;

[OutputType]
public sealed class AddressSpaceResponse
{
    [OutputConstructor]
    private AddressSpaceResponse()
    {
    }
}

[OutputType]
public sealed class DelegationResponse
{
    [OutputConstructor]
    private DelegationResponse()
    {
    }
}

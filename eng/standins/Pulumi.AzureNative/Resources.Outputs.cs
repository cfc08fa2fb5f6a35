namespace Pulumi.AzureNative.Resources.Outputs;

[OutputType]
public sealed class ResourceGroupPropertiesResponse
{
    [OutputConstructor]
    private ResourceGroupPropertiesResponse()
    {
    }
}

namespace Pulumi.AzureNative.KeyVault.Outputs;

[OutputType]
public sealed class VaultPropertiesResponse
{
    public readonly string VaultUri;

    [OutputConstructor]
    private VaultPropertiesResponse(string vaultUri)
    {
        VaultUri = vaultUri;
    }
}

namespace Pulumi.AzureNative.KeyVault;

public class Vault(string name, VaultArgs args, CustomResourceOptions? options = null) : CustomResource("azure-native:keyvault:Vault", name, args, options)
{
    [Output("properties")]
    public Output<Outputs.VaultPropertiesResponse> Properties { get; private set; } = null!;
}

public sealed class VaultArgs : ResourceArgs
{
    public Input<string>? Location { get; set; }

    [Input("properties", required: true)]
    public Input<Inputs.VaultPropertiesArgs> Properties { get; set; } = null!;

    [Input("resourceGroupName", required: true)]
    public Input<string> ResourceGroupName { get; set; } = null!;

    public InputMap<string> Tags { get; set; } = new();

    public Input<string>? VaultName { get; set; }
}

[EnumType]
public readonly struct NetworkRuleAction;

[EnumType]
public readonly struct NetworkRuleBypassOptions;

[EnumType]
public readonly struct SkuFamily;

[EnumType]
public readonly struct SkuName
{
    private readonly string _value;

    private SkuName(string value) => _value = value;

    public static SkuName Standard { get; } = new("standard");

    public override string ToString() => _value;
}

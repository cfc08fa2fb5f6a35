namespace Pulumi.AzureNative.KeyVault.Inputs;

public sealed class NetworkRuleSetArgs : ResourceArgs
{
    public InputUnion<string, NetworkRuleBypassOptions>? Bypass { get; set; }

    public InputUnion<string, NetworkRuleAction>? DefaultAction { get; set; }
}

public sealed class SkuArgs : ResourceArgs
{
    [Input("family", required: true)]
    public InputUnion<string, SkuFamily> Family { get; set; } = null!;

    [Input("name", required: true)]
    public Input<SkuName> Name { get; set; } = null!;
}

public sealed class VaultPropertiesArgs : ResourceArgs
{
    public Input<bool>? EnablePurgeProtection { get; set; }

    public Input<bool>? EnableRbacAuthorization { get; set; }

    public Input<bool>? EnableSoftDelete { get; set; }

    public Input<bool>? EnabledForDeployment { get; set; }

    public Input<bool>? EnabledForDiskEncryption { get; set; }

    public Input<bool>? EnabledForTemplateDeployment { get; set; }

    public Input<NetworkRuleSetArgs>? NetworkAcls { get; set; }

    public Input<string>? PublicNetworkAccess { get; set; }

    [Input("sku", required: true)]
    public Input<SkuArgs> Sku { get; set; } = null!;

    public Input<int>? SoftDeleteRetentionInDays { get; set; }

    [Input("tenantId", required: true)]
    public Input<string> TenantId { get; set; } = null!;
}

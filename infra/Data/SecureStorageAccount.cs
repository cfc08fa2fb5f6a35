using Penstock.Infra.Foundation;
using Pulumi.AzureNative.Storage;
using Pulumi.AzureNative.Storage.Inputs;

namespace Penstock.Infra.Data;

/// <summary>The arguments that every storage account of the stack has: no keys, nothing public, TLS 1.2.</summary>
internal static class SecureStorageAccount
{
    public static StorageAccountArgs Args(Surroundings around, string name, string replication) => new()
    {
        ResourceGroupName = around.Group,
        AccountName = name,
        Location = around.Settings.Location,
        Tags = around.Tags,
        Kind = "StorageV2",
        Sku = new SkuArgs { Name = $"Standard_{replication}" },
        AllowSharedKeyAccess = false,
        DefaultToOAuthAuthentication = true,
        AllowBlobPublicAccess = false,
        AllowCrossTenantReplication = false,
        AllowedCopyScope = "AAD",
        IsLocalUserEnabled = false,
        EnableHttpsTrafficOnly = true,
        MinimumTlsVersion = "TLS1_2",
        PublicNetworkAccess = around.Settings.PrivateNetwork ? "Disabled" : "Enabled",
        NetworkRuleSet = new NetworkRuleSetArgs
        {
            Bypass = "None",
            DefaultAction = around.Settings.PrivateNetwork ? DefaultAction.Deny : DefaultAction.Allow,
        },
    };
}

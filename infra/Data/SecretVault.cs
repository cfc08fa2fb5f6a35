using Penstock.Infra.Foundation;
using Pulumi;
using Pulumi.AzureNative.KeyVault;
using Pulumi.AzureNative.KeyVault.Inputs;

namespace Penstock.Infra.Data;

/// <summary>Key Vault. Its secrets' values are set by people, never by this program: they would stay in its state.</summary>
internal sealed class SecretVault : StackPart
{
    public SecretVault(Surroundings around, Grants grants)
        : base("SecretVault", "secret-vault")
    {
        var vault = new Vault("key-vault", new VaultArgs
        {
            ResourceGroupName = around.Group,
            VaultName = around.Names.KeyVault,
            Location = around.Settings.Location,
            Tags = around.Tags,
            Properties = new VaultPropertiesArgs
            {
                TenantId = around.TenantId,
                Sku = new SkuArgs { Family = "A", Name = SkuName.Standard },
                EnableRbacAuthorization = true,
                EnableSoftDelete = true,
                EnablePurgeProtection = true,
                SoftDeleteRetentionInDays = around.Settings.VaultRetentionDays,
                EnabledForDeployment = false,
                EnabledForDiskEncryption = false,
                EnabledForTemplateDeployment = false,
                PublicNetworkAccess = around.Settings.PrivateNetwork ? "Disabled" : "Enabled",
                NetworkAcls = new NetworkRuleSetArgs { Bypass = "None", DefaultAction = around.Settings.PrivateNetwork ? "Deny" : "Allow" },
            },
        }, Holding(around));
        Id = vault.Id;
        Uri = vault.Properties.Apply(properties => properties.VaultUri!);
        grants.ToApp("app-reads-secrets", Role.SecretsUser, vault.Id);
        foreach (Guid officer in around.Settings.SecretOfficers)
            grants.To(officer.ToString(), "Group", $"{officer}-sets-secrets", Role.SecretsOfficer, vault.Id);
    }

    public Output<string> Id { get; }

    public Output<string> Uri { get; }
}

using Penstock.Infra.Foundation;
using Pulumi;
using Pulumi.AzureNative.Authorization;
using Pulumi.AzureNative.Storage;
using Pulumi.AzureNative.Storage.Inputs;

namespace Penstock.Infra.Data;

/// <summary>
/// The account of the Functions host: its package, its keys, its locks and its Event Hubs checkpoints. Apart from the data, for the
/// host needs more rights than the app's code.
/// </summary>
internal sealed class HostStorage : StackPart
{
    private const string PackageContainer = "app-package";
    private const int VersionDays = 7;

    public HostStorage(Surroundings around, Grants grants)
        : base("HostStorage", "host-storage")
    {
        StorageAccount account = new("host-account", SecureStorageAccount.Args(around, around.Names.HostAccount, Replication(around)), Inside());
        Id = account.Id;
        AccountName = account.Name;
        var recoverable = new DeleteRetentionPolicyArgs { Enabled = true, Days = VersionDays };
        _ = new BlobServiceProperties("host-blob-service", new BlobServicePropertiesArgs
        {
            ResourceGroupName = around.Group,
            AccountName = account.Name,
            BlobServicesName = "default",
            IsVersioningEnabled = false,
            DeleteRetentionPolicy = recoverable,
            ContainerDeleteRetentionPolicy = recoverable,
        }, Inside());
        var package = new BlobContainer("package-container", new BlobContainerArgs
        {
            ResourceGroupName = around.Group,
            AccountName = account.Name,
            ContainerName = PackageContainer,
            PublicAccess = PublicAccess.None,
        }, Inside());
        _ = new ManagementPolicy("host-retention", new ManagementPolicyArgs
        {
            ResourceGroupName = around.Group,
            AccountName = account.Name,
            ManagementPolicyName = "default",
            Policy = new ManagementPolicySchemaArgs { Rules = { RetentionRules.Rule(PackageContainer, VersionDays, null) } },
        }, Inside());
        PackageUri = account.PrimaryEndpoints.Apply(endpoints => package.Name.Apply(name => endpoints.Blob + name));
        Access =
        [
            // The host makes containers of its own, so nothing narrower than the account will do.
            grants.ToApp("host-owns-its-blobs", Role.BlobDataOwner, account.Id),
            grants.ToApp("host-writes-its-events", Role.TableDataContributor, account.Id),
        ];
    }

    public Output<string> Id { get; }

    public Output<string> AccountName { get; }

    /// <summary>Where the app's package lies.</summary>
    public Output<string> PackageUri { get; }

    /// <summary>What the host may here; without it the app doesn't start.</summary>
    public IReadOnlyList<RoleAssignment> Access { get; }

    // Locks, checkpoints and the package can be made again; they needn't survive a region.
    private static string Replication(Surroundings around) => around.Settings.Storage.IsZoneRedundant ? "ZRS" : "LRS";
}

using Penstock.Infra.Foundation;
using Penstock.Pipelines.Ports;
using Pulumi;
using Pulumi.AzureNative.Storage;
using Pulumi.AzureNative.Storage.Inputs;

namespace Penstock.Infra.Data;

/// <summary>The account of the data: a container for each area of the blob store, and the queues.</summary>
internal sealed class DataStorage : StackPart
{
    public DataStorage(Surroundings around, Grants grants, StreamRetentionRules retention)
        : base("DataStorage", "data-storage")
    {
        StorageAccount account = new("data-account", SecureStorageAccount.Args(around, around.Names.DataAccount, around.Settings.Storage.Replication), Holding(around));
        Id = account.Id;
        BlobEndpoint = account.PrimaryEndpoints.Apply(endpoints => endpoints.Blob);
        QueueEndpoint = account.PrimaryEndpoints.Apply(endpoints => endpoints.Queue);
        Keep(around, account, retention);
        foreach (string area in BlobAreas.All)
        {
            var container = new BlobContainer($"{area}-container", new BlobContainerArgs
            {
                ResourceGroupName = around.Group,
                AccountName = account.Name,
                ContainerName = area,
                PublicAccess = PublicAccess.None,
            }, Holding(around));
            // The app reads its configuration and never writes it: what runs can't change what it runs.
            if (area == BlobAreas.Config)
                ConfigContainer = container;
            grants.ToApp($"app-{(area == BlobAreas.Config ? "reads" : "writes")}-{area}", area == BlobAreas.Config ? Role.BlobDataReader : Role.BlobDataContributor, container.Id);
        }

        foreach (string name in QueueNames.All.SelectMany(queue => new[] { queue, queue + QueueNames.PoisonSuffix }))
        {
            var queue = new Queue($"{name}-queue", new QueueArgs
            {
                ResourceGroupName = around.Group,
                AccountName = account.Name,
                QueueName = name,
            }, Inside());
            // Together less than "Data Contributor", which may also delete the queue.
            grants.ToApp($"app-watches-{name}", Role.QueueDataReader, queue.Id);
            grants.ToApp($"app-takes-{name}", Role.QueueMessageProcessor, queue.Id);
            grants.ToApp($"app-sends-{name}", Role.QueueMessageSender, queue.Id);
        }
    }

    public Output<string> Id { get; }

    public Output<string> BlobEndpoint { get; }

    public Output<string> QueueEndpoint { get; }

    public BlobContainer ConfigContainer { get; private set; } = null!;

    private void Keep(Surroundings around, StorageAccount account, StreamRetentionRules retention)
    {
        var recoverable = new DeleteRetentionPolicyArgs { Enabled = true, Days = around.Settings.Storage.SoftDeleteDays };
        var service = new BlobServiceProperties("data-blob-service", new BlobServicePropertiesArgs
        {
            ResourceGroupName = around.Group,
            AccountName = account.Name,
            BlobServicesName = "default",
            IsVersioningEnabled = true,
            DeleteRetentionPolicy = recoverable,
            ContainerDeleteRetentionPolicy = recoverable,
        }, Inside());
        _ = new ManagementPolicy("data-retention", new ManagementPolicyArgs
        {
            ResourceGroupName = around.Group,
            AccountName = account.Name,
            ManagementPolicyName = "default",
            Policy = new ManagementPolicySchemaArgs { Rules = RetentionRules.ForData(around.Settings.Storage, retention) },
        }, Inside(service));
    }
}

using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Cosmos;
using Penstock.Azure.Curated;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure;

/// <summary>What the stores need to be there. In Azure the deployment makes it, with an identity that may; in emulators this does.</summary>
/// <param name="options">The options.</param>
/// <param name="blobs">The blob service.</param>
/// <param name="queues">The queue service.</param>
/// <param name="cosmos">The Cosmos DB account.</param>
public sealed class AzureResources(AzureOptions options, BlobServiceClient blobs, QueueServiceClient queues, CosmosClient cosmos)
{
    /// <summary>The path of the curated container's partition key, for whoever makes it.</summary>
    public const string CuratedPartitionKeyPath = CosmosKeys.PartitionKeyPath;

    /// <summary>Makes containers, queues and the database where they are missing.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken = default)
    {
        foreach (string area in BlobAreas.All)
            await blobs.GetBlobContainerClient(area).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        foreach (string queue in QueueNames.All.SelectMany(queue => new[] { queue, queue + QueueNames.PoisonSuffix }))
            await queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        Database database = await cosmos.CreateDatabaseIfNotExistsAsync(options.CosmosDatabase, cancellationToken: cancellationToken);
        await database.CreateContainerIfNotExistsAsync(new ContainerProperties(options.CosmosContainer, CosmosKeys.PartitionKeyPath), cancellationToken: cancellationToken);
    }
}

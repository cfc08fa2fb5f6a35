using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Penstock.Azure.Blobs;
using Penstock.Azure.Curated;
using Penstock.Azure.Queues;
using Penstock.Azure.Secrets;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure;

/// <summary>Registers the ports on Azure's services.</summary>
public static class AzureServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IBlobStore"/>, <see cref="IWorkQueue"/>, <see cref="IWorkReceiver"/>, <see cref="ICuratedStore"/>,
    /// <see cref="ISecretStore"/>, and, where they aren't registered yet, <see cref="IIdSource"/>, <see cref="TimeProvider"/> and a
    /// <see cref="TokenCredential"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The options are wrong.</exception>
    public static IServiceCollection AddPenstockAzure(this IServiceCollection services, AzureOptions options)
    {
        services.AddSingleton(options.Validated());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, CryptoIdSource>();
        services.TryAddSingleton(AzureClients.Credential(options));
        services.AddSingleton(provider => AzureClients.Blobs(options, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton(provider => AzureClients.Queues(options, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton(provider => AzureClients.Cosmos(options, provider.GetRequiredService<TokenCredential>()));
        services.AddSingleton<IBlobStore>(provider => new AzureBlobStore(provider.GetRequiredService<BlobServiceClient>()));
        services.AddSingleton(provider => new AzureWorkQueue(provider.GetRequiredService<QueueServiceClient>()));
        services.AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<AzureWorkQueue>());
        services.AddSingleton<IWorkReceiver>(provider => provider.GetRequiredService<AzureWorkQueue>());
        services.AddSingleton<ICuratedStore>(provider => new CosmosCuratedStore(
            provider.GetRequiredService<CosmosClient>().GetContainer(options.CosmosDatabase, options.CosmosContainer), options.CosmosParallelism));
        services.AddSingleton<ISecretStore>(provider => options.KeyVaultUri is { } vault
            ? new KeyVaultSecretStore(AzureClients.Secrets(vault, provider.GetRequiredService<TokenCredential>()), provider.GetRequiredService<TimeProvider>(), options.SecretLifetime)
            : new MemorySecretStore());
        services.AddSingleton<AzureResources>();
        return services;
    }
}

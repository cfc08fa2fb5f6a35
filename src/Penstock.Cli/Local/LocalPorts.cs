using Microsoft.Extensions.DependencyInjection;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Folders.Curated;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;

namespace Penstock.Cli.Local;

/// <summary>The ports of a local run: everything in one folder.</summary>
internal static class LocalPorts
{
    /// <summary>Adds the stores of a data folder, the catalogue, the connectors, ids and the clock.</summary>
    public static IServiceCollection AddLocalPorts(
        this IServiceCollection services, string data, string secrets, IPipelineCatalog catalog, TimeProvider time)
    {
        var ids = new CryptoIdSource();
        var stores = new FolderStores(data, time, ids, secrets);
        return services
            .AddSingleton(time)
            .AddSingleton<IIdSource>(ids)
            .AddSingleton(catalog)
            .AddSingleton<IBlobStore>(stores.Blobs)
            .AddSingleton<IWorkQueue>(stores.Queue)
            .AddSingleton<IWorkReceiver>(stores.Queue)
            // Made by the container, which then disposes of it: it has files to bring up to date.
            .AddSingleton(_ => stores.Curated)
            .AddSingleton<ICuratedStore>(provider => provider.GetRequiredService<FolderCuratedStore>())
            .AddSingleton(stores.Secrets)
            .AddConnectors();
    }
}

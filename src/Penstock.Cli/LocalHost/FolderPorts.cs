using Microsoft.Extensions.DependencyInjection;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;

namespace Penstock.Cli.LocalHost;

/// <summary>Every port in one folder: needs nothing but a disk.</summary>
/// <param name="options">How the host runs.</param>
/// <param name="time">The clock.</param>
internal sealed class FolderPorts(LocalHostOptions options, TimeProvider time) : HostPorts
{
    /// <inheritdoc/>
    public override void AddTo(IServiceCollection services)
    {
        var ids = new CryptoIdSource();
        var stores = new FolderStores(options.Data, time, ids, options.Secrets);
        services
            .AddSingleton(time)
            .AddSingleton<IIdSource>(ids)
            .AddSingleton<IBlobStore>(stores.Blobs)
            .AddSingleton<IWorkQueue>(stores.Queue)
            .AddSingleton<IWorkReceiver>(stores.Queue)
            .AddSingleton<ICuratedStore>(stores.Curated)
            .AddSingleton(stores.Secrets)
            .AddSingleton<IPipelineCatalog>(new FolderPipelineCatalog(options.Pipelines))
            .AddConnectors();
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Places()
    {
        yield return $"raw        {Path.Combine(options.Data, BlobAreas.Raw)}/PIPELINE/STREAM/yyyy/MM/dd/*.jsonl.gz";
        yield return $"curated    {Path.Combine(options.Data, "curated")}/PIPELINE/STREAM/*.jsonl";
        yield return $"quarantine {Path.Combine(options.Data, BlobAreas.Quarantine)}";
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

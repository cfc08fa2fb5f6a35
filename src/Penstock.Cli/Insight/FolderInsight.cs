using Microsoft.Extensions.DependencyInjection;
using Penstock.Cli.Local;
using Penstock.Pipelines;
using Penstock.Pipelines.Catalogue;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Ports;

namespace Penstock.Cli.Insight;

/// <summary>Looks into the folders of this machine; another process may work on them.</summary>
internal sealed class FolderInsight : InsightSource
{
    private readonly string _pipelines;
    private readonly FolderPipelineCatalog _catalog;
    private readonly ServiceProvider _services;

    public FolderInsight(string pipelines, string data, string secrets, TimeProvider time)
    {
        _pipelines = pipelines;
        _catalog = new FolderPipelineCatalog(pipelines);
        _services = new ServiceCollection()
            .AddLocalPorts(data, secrets, _catalog, time)
            .AddSingleton(new LineageOptions { RawNamespace = $"file://{Path.Combine(data, BlobAreas.Raw)}", CuratedNamespace = $"file://{Path.Combine(data, "curated")}" })
            .AddPenstock()
            .AddLogging()
            .BuildServiceProvider();
    }

    public override async Task<Insight<DataCatalog>> CatalogAsync(string? pipeline, string? stream, int samples, CancellationToken cancellationToken) =>
        await CheckAsync<DataCatalog>(pipeline, stream, cancellationToken)
        ?? new Insight<DataCatalog>(await _services.GetRequiredService<CatalogReader>().ReadAsync(pipeline, stream, samples, cancellationToken));

    public override async Task<Insight<LineageGraph>> LineageAsync(string? pipeline, string? stream, CancellationToken cancellationToken) =>
        await CheckAsync<LineageGraph>(pipeline, stream, cancellationToken)
        ?? new Insight<LineageGraph>(LineageGraph.Of(await _services.GetRequiredService<CatalogReader>().ReadLineageAsync(pipeline, stream, cancellationToken)));

    public override async Task<Insight<CostReport>> CostAsync(string? pipeline, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync<CostReport>(pipeline, null, cancellationToken)
                ?? new Insight<CostReport>(await _services.GetRequiredService<CostReader>().ReadAsync(pipeline, from, to, cancellationToken));
        }
        catch (InvalidDataException e)
        {
            return new Insight<CostReport>(null, e.Message, "See docs/cost.md for what prices.yaml may say.");
        }
    }

    public override ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task<Insight<T>?> CheckAsync<T>(string? pipeline, string? stream, CancellationToken cancellationToken)
        where T : class
    {
        string[] known = [.. (await _catalog.ListAsync(cancellationToken)).Select(entry => entry.Name)];
        if (known.Length == 0)
            return new Insight<T>(null, $"There are no pipelines in '{_pipelines}'.", "Give the folder of your pipelines with --pipelines DIR.");
        return pipeline is null ? null : await _catalog.FindAsync(pipeline, cancellationToken) switch
        {
            null => new Insight<T>(null, $"There is no pipeline '{pipeline}'.", $"There are: {string.Join(", ", known)}."),
            BrokenPipeline => new Insight<T>(null, $"The pipeline '{pipeline}' is broken.", $"Run 'penstock validate' to see why."),
            UsablePipeline { Pipeline: var found } when stream is not null && found.Find(stream) is null =>
                new Insight<T>(null, $"The pipeline '{pipeline}' has no stream '{stream}'.", $"There are: {string.Join(", ", found.Streams.Select(one => one.Name))}."),
            _ => null,
        };
    }
}

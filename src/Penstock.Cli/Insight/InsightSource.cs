using Penstock.Pipelines.Catalogue;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Lineage;

namespace Penstock.Cli.Insight;

/// <summary>Where the catalogue, the lineage and the costs are asked for.</summary>
internal abstract class InsightSource : IAsyncDisposable
{
    public abstract Task<Insight<DataCatalog>> CatalogAsync(string? pipeline, string? stream, int samples, CancellationToken cancellationToken);

    public abstract Task<Insight<LineageGraph>> LineageAsync(string? pipeline, string? stream, CancellationToken cancellationToken);

    public abstract Task<Insight<CostReport>> CostAsync(string? pipeline, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <summary>An answer, or what keeps it from being given.</summary>
internal sealed record Insight<T>(T? Value, string? Problem = null, string? Next = null)
    where T : class;

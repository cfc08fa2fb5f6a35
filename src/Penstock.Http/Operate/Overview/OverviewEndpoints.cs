using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;

namespace Penstock.Http.Operate.Overview;

/// <summary>What the console's first page shows, in one call.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="overview">Reads it.</param>
public sealed class OverviewEndpoints(HttpEdge edge, IPipelineCatalog catalog, OverviewReader overview)
{
    /// <summary><c>GET /api/overview</c>: each pipeline's health, totals, alerts.</summary>
    public Task<IResult> GetAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        ApiJson.Answer(await overview.ReadAsync(cancellationToken), ApiJson.Compact.OverviewView));

    /// <summary><c>GET /api/pipelines/{pipeline}/streams</c>: each stream's health.</summary>
    public Task<IResult> StreamsAsync(HttpRequest request, string pipeline, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
        await catalog.FindAsync(pipeline, cancellationToken) switch
        {
            UsablePipeline { Pipeline: var usable } => ApiJson.Answer(await overview.ReadAsync(usable, cancellationToken), ApiJson.Default.StreamHealthList),
            BrokenPipeline => ApiJson.Answer(new StreamHealthList([]), ApiJson.Default.StreamHealthList),
            _ => new ProblemResult(ProblemTypes.UnknownPipeline.With($"There is no pipeline '{pipeline}'. GET /api/pipelines lists them.")),
        });
}

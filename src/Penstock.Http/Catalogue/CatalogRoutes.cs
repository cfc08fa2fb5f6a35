using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;
using Penstock.Pipelines.Catalogue;

namespace Penstock.Http.Catalogue;

internal static class CatalogRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/catalog", "GetCatalog", "Catalogue", "Shows each stream: contract, owner, fields, freshness, volume; samples if they are asked for.")
        {
            Handler = services => services.GetRequiredService<CatalogEndpoints>().CatalogAsync,
            Query =
            [
                new QueryParameter("pipeline", "Of one pipeline."),
                new QueryParameter("stream", "Of one of its streams."),
                new QueryParameter("samples", "How many curated records of each stream to show, 0 to 20; what is classified and not masked is hidden.", "integer"),
            ],
            Answers = [new EndpointAnswer(200, "The catalogue.", CatalogJson.Default.DataCatalog)],
            Problems = [ProblemTypes.UnknownPipeline],
        },
        new("GET", "/api/lineage", "GetLineage", "Catalogue", "Shows what flows where: source, stream, raw, curated, and each column's way.")
        {
            Handler = services => services.GetRequiredService<CatalogEndpoints>().LineageAsync,
            Query = [new QueryParameter("pipeline", "Of one pipeline."), new QueryParameter("stream", "Of one of its streams.")],
            Answers = [new EndpointAnswer(200, "The graph.", CatalogJson.Default.LineageGraph)],
            Problems = [ProblemTypes.UnknownPipeline],
        },
        new("GET", "/api/cost", "GetCost", "Catalogue", "Shows what each stream used and cost within some days, the most expensive first.")
        {
            Handler = services => services.GetRequiredService<CostEndpoints>().GetAsync,
            Query =
            [
                new QueryParameter("pipeline", "Of one pipeline."),
                new QueryParameter("from", "The first day, as 2026-11-01; by default a week before 'to'."),
                new QueryParameter("to", "The first day after; by default tomorrow. At most 31 days in all."),
            ],
            Answers = [new EndpointAnswer(200, "Usage and cost.", CatalogJson.Default.CostReport)],
            Problems = [ProblemTypes.UnknownPipeline, ProblemTypes.NotReady],
        },
    ];
}

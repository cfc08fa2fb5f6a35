using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Drift;

internal static class DriftRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/drift", "ListDrift", "Catalogue", "Shows how the sources' data has changed against what was agreed, the last seen first.")
        {
            Handler = services => services.GetRequiredService<DriftEndpoints>().ListAsync,
            Query = [new QueryParameter("pipeline", "Of one pipeline."), new QueryParameter("stream", "Of one of its streams.")],
            Answers = [new EndpointAnswer(200, "What drifted.", DriftJson.Default.DriftList)],
        },
    ];
}

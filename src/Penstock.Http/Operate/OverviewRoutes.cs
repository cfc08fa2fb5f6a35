using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Operate.Overview;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class OverviewRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/overview", "GetOverview", "Overview", "Shows each pipeline's health, totals and alerts in one call.")
        {
            Handler = services => services.GetRequiredService<OverviewEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "How everything is.", ApiJson.Default.OverviewView)],
        },
        new("GET", "/api/status", "GetStatus", "Overview", "Shows each stream's runs and freshness, a row each, with alerts and the number of dead letters.")
        {
            Handler = services => services.GetRequiredService<StatusEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "How every stream is.", ApiJson.Default.StatusView)],
        },
        new("GET", "/api/pipelines/{pipeline}/streams", "ListStreams", "Overview", "Shows each stream's health: freshness, last runs, volume by hour.")
        {
            Handler = services => services.GetRequiredService<OverviewEndpoints>().StreamsAsync,
            Answers = [new EndpointAnswer(200, "The streams.", ApiJson.Default.StreamHealthList)],
            Problems = [ProblemTypes.UnknownPipeline],
        },
    ];
}

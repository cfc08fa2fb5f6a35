using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Operate.Replays;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class ReplayRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("POST", "/api/replays", "StartReplay", "Replays", "Transforms again from raw: by stream, time, blob or contract.")
        {
            Handler = services => services.GetRequiredService<ReplayEndpoints>().StartAsync,
            Body = ApiJson.Default.ReplayRequest,
            Answers =
            [
                new EndpointAnswer(202, "The replay.", ApiJson.Default.ReplayView) { HasLocation = true },
                new EndpointAnswer(200, "Of a dry run: what it would do.", ApiJson.Default.ReplayOutlook),
            ],
            Problems = [ProblemTypes.UnknownPipeline],
        },
        new("GET", "/api/replays", "ListReplays", "Replays", "Lists replays, the newest first.")
        {
            Handler = services => services.GetRequiredService<ReplayEndpoints>().ListAsync,
            Query = QueryParameter.Page,
            Answers = [new EndpointAnswer(200, "A page of replays.", ApiJson.Default.PageOfReplays)],
        },
        new("GET", "/api/replays/{id}", "GetReplay", "Replays", "Shows one replay with its counts so far.")
        {
            Handler = services => services.GetRequiredService<ReplayEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "The replay.", ApiJson.Default.ReplayView)],
            Problems = [ProblemTypes.UnknownReplay],
        },
        new("POST", "/api/replays/{id}/cancel", "CancelReplay", "Replays", "Stops a replay: what was sent is still transformed, nothing more is sent.")
        {
            Handler = services => services.GetRequiredService<ReplayEndpoints>().CancelAsync,
            Answers = [new EndpointAnswer(200, "The replay.", ApiJson.Default.ReplayView)],
            Problems = [ProblemTypes.UnknownReplay],
        },
    ];
}

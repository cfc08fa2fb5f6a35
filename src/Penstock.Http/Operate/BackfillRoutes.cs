using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class BackfillRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("POST", "/api/backfills", "StartBackfill", "Backfills", "Begins a backfill of the window [from, to).")
        {
            Handler = services => services.GetRequiredService<BackfillEndpoints>().StartAsync,
            Body = ApiJson.Default.BackfillRequest,
            Answers =
            [
                new EndpointAnswer(202, "The backfill.", ApiJson.Default.BackfillView) { HasLocation = true },
                new EndpointAnswer(200, "Of a dry run: what it would take.", ApiJson.Default.BackfillEstimateView),
            ],
            Problems = [ProblemTypes.UnknownPipeline, ProblemTypes.TooMany],
        },
        new("GET", "/api/backfills", "ListBackfills", "Backfills", "Lists backfills, the newest first.")
        {
            Handler = services => services.GetRequiredService<BackfillEndpoints>().ListAsync,
            Query = QueryParameter.Page,
            Answers = [new EndpointAnswer(200, "A page of backfills.", ApiJson.Default.PageOfBackfills)],
        },
        new("GET", "/api/backfills/{id}", "GetBackfill", "Backfills", "Shows one backfill with its runs and their counts.")
        {
            Handler = services => services.GetRequiredService<BackfillEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "The backfill.", ApiJson.Default.BackfillView)],
            Problems = [ProblemTypes.UnknownBackfill],
        },
        new("POST", "/api/backfills/{id}/pause", "PauseBackfill", "Backfills", "Pauses a backfill; what is being read is committed first.")
        {
            Handler = services => services.GetRequiredService<BackfillEndpoints>().PauseAsync,
            Answers = [new EndpointAnswer(200, "The backfill.", ApiJson.Default.BackfillView)],
            Problems = [ProblemTypes.UnknownBackfill, ProblemTypes.Conflict],
        },
        new("POST", "/api/backfills/{id}/resume", "ResumeBackfill", "Backfills", "Lets a paused backfill go on where it was.")
        {
            Handler = services => services.GetRequiredService<BackfillEndpoints>().ResumeAsync,
            Answers = [new EndpointAnswer(200, "The backfill.", ApiJson.Default.BackfillView)],
            Problems = [ProblemTypes.UnknownBackfill, ProblemTypes.Conflict],
        },
        new("POST", "/api/backfills/{id}/cancel", "CancelBackfill", "Backfills", "Stops a backfill; again: the same answer. What is landed stays and is curated.")
        {
            Handler = services => services.GetRequiredService<BackfillEndpoints>().CancelAsync,
            Answers = [new EndpointAnswer(200, "The backfill.", ApiJson.Default.BackfillView)],
            Problems = [ProblemTypes.UnknownBackfill],
        },
        new("DELETE", "/api/backfills/{id}", "DeleteBackfill", "Backfills", "Stops a backfill, for those who would rather delete.")
        {
            Handler = services => services.GetRequiredService<BackfillEndpoints>().CancelAsync,
            Answers = [new EndpointAnswer(200, "The backfill.", ApiJson.Default.BackfillView)],
            Problems = [ProblemTypes.UnknownBackfill],
        },
    ];
}

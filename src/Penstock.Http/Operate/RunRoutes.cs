using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class RunRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/runs", "ListRuns", "Runs", "Lists runs: those that go on, then those that have ended, the newest first.")
        {
            Handler = services => services.GetRequiredService<RunEndpoints>().ListAsync,
            Query =
            [
                new QueryParameter("pipeline", "Of one pipeline."),
                new QueryParameter("stream", "Of one of its streams."),
                new QueryParameter("status", "With one status.", Values: RunViews.Statuses),
                .. QueryParameter.Page,
            ],
            Answers = [new EndpointAnswer(200, "A page of runs.", ApiJson.Default.PageOfRuns)],
            Problems = [ProblemTypes.UnknownPipeline],
        },
        new("GET", "/api/runs/{pipeline}/{stream}/{run}", "GetRun", "Runs", "Shows one run with its counts and cost; with wait, once it has ended and is curated.")
        {
            Handler = services => services.GetRequiredService<RunEndpoints>().GetAsync,
            Query = [new QueryParameter("wait", "Answer when the run has ended and what it landed is curated, or after so many seconds, 0 to 60.", "integer")],
            Answers = [new EndpointAnswer(200, "The run.", ApiJson.Default.RunView)],
            Problems = [ProblemTypes.UnknownRun],
        },
        new("GET", "/api/runs/{pipeline}/{stream}/{run}/slices", "ListSlices", "Runs", "Lists a run's slices in order: window, state, timings, calls, what it waits for.")
        {
            Handler = services => services.GetRequiredService<SliceEndpoints>().ListAsync,
            Query = [new QueryParameter("limit", "The most items, 1 to 500; by default 50.", "integer"), new QueryParameter("after", "The page's 'next'; left out for the first page.")],
            Answers = [new EndpointAnswer(200, "A page of slices.", ApiJson.Default.PageOfSlices)],
            Problems = [ProblemTypes.UnknownRun],
        },
        new("POST", "/api/runs/{pipeline}/{stream}/{run}/cancel", "CancelRun", "Runs", "Stops a run. What is landed stays and is curated; the cursor stays where it was.")
        {
            Handler = services => services.GetRequiredService<RunEndpoints>().CancelAsync,
            Answers = [new EndpointAnswer(202, "The run.", ApiJson.Default.RunsStarted)],
            Problems = [ProblemTypes.UnknownRun],
        },
    ];
}

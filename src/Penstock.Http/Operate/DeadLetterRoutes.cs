using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;
using Penstock.Pipelines.Ports;

namespace Penstock.Http.Operate;

internal static class DeadLetterRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/deadletters", "ListDeadLetters", "Dead letters", "Lists messages that couldn't be processed, with the reason, the newest first.")
        {
            Handler = services => services.GetRequiredService<DeadLetterEndpoints>().ListAsync,
            Query = [new QueryParameter("queue", "Of one queue.", Values: QueueNames.All), new QueryParameter("pipeline", "Of one pipeline."), .. QueryParameter.Page],
            Answers = [new EndpointAnswer(200, "A page of dead letters.", ApiJson.Default.PageOfDeadLetters)],
        },
        new("GET", "/api/deadletters/{queue}/{id}", "GetDeadLetter", "Dead letters", "Shows one dead letter.")
        {
            Handler = services => services.GetRequiredService<DeadLetterEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "The dead letter.", ApiJson.Default.DeadLetterView)],
            Problems = [ProblemTypes.UnknownDeadLetter],
            HasETag = true,
        },
        new("PUT", "/api/deadletters/{queue}/{id}", "EditDeadLetter", "Dead letters", "Mends a dead letter's message; the queue must be able to take it.")
        {
            Handler = services => services.GetRequiredService<DeadLetterEndpoints>().PutAsync,
            Body = ApiJson.Default.DeadLetterRequest,
            Answers = [new EndpointAnswer(200, "The dead letter.", ApiJson.Default.DeadLetterView)],
            Problems = [ProblemTypes.UnknownDeadLetter, ProblemTypes.Changed],
            HasETag = true,
        },
        new("DELETE", "/api/deadletters/{queue}/{id}", "DiscardDeadLetter", "Dead letters", "Throws a dead letter away; a slice that it was about has failed by that.")
        {
            Handler = services => services.GetRequiredService<DeadLetterEndpoints>().DeleteAsync,
            Answers = [new EndpointAnswer(200, "It is gone.", ApiJson.Default.DeadLettersDone)],
            Problems = [ProblemTypes.UnknownDeadLetter, ProblemTypes.Changed],
            HasETag = true,
        },
        new("POST", "/api/deadletters/{queue}/{id}/replay", "ReplayDeadLetter", "Dead letters", "Sends a dead letter again.")
        {
            Handler = services => services.GetRequiredService<DeadLetterEndpoints>().ReplayAsync,
            Answers = [new EndpointAnswer(202, "It is in its queue.", ApiJson.Default.DeadLettersDone)],
            Problems = [ProblemTypes.UnknownDeadLetter, ProblemTypes.Changed],
            HasETag = true,
        },
        new("POST", "/api/deadletters/replay", "ReplayDeadLetters", "Dead letters", "Sends many dead letters again: by queue, pipeline or ids, or all.")
        {
            Handler = services => services.GetRequiredService<DeadLetterEndpoints>().ReplayManyAsync,
            Body = ApiJson.Default.DeadLettersRequest,
            Answers = [new EndpointAnswer(202, "How many.", ApiJson.Default.DeadLettersDone)],
        },
        new("POST", "/api/deadletters/discard", "DiscardDeadLetters", "Dead letters", "Throws many dead letters away: by queue, pipeline or ids, or all.")
        {
            Handler = services => services.GetRequiredService<DeadLetterEndpoints>().DiscardManyAsync,
            Body = ApiJson.Default.DeadLettersRequest,
            Answers = [new EndpointAnswer(202, "How many.", ApiJson.Default.DeadLettersDone)],
        },
    ];
}

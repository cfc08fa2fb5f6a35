using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Operate.State;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class StateRoutes
{
    private static readonly QueryParameter Force = new("force", "Whether to do it although a run goes on, which will move the state when it ends.", "boolean");

    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/pipelines/{pipeline}/state", "ListState", "State", "Shows the state of all pulled streams, as Airbyte's state messages.")
        {
            Handler = services => services.GetRequiredService<StateEndpoints>().ListAsync,
            Answers = [new EndpointAnswer(200, "An object with 'items': a message of type STREAM each.", ApiJson.Default.JsonElement)],
            Problems = [ProblemTypes.UnknownPipeline],
        },
        new("GET", "/api/pipelines/{pipeline}/streams/{stream}/state", "GetState", "State", "Shows a stream's state, as Airbyte's state message.")
        {
            Handler = services => services.GetRequiredService<StateEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "A message of type STREAM.", ApiJson.Default.JsonElement)],
            Problems = [ProblemTypes.UnknownPipeline, ProblemTypes.UnknownStream, ProblemTypes.Conflict],
            HasETag = true,
        },
        new("PUT", "/api/pipelines/{pipeline}/streams/{stream}/state", "SetState", "State", "Sets a stream's state: a stream_state, or a message of type STREAM.")
        {
            Handler = services => services.GetRequiredService<StateEndpoints>().PutAsync,
            Query = [Force],
            Body = ApiJson.Default.JsonElement,
            Answers = [new EndpointAnswer(200, "The state as it is now.", ApiJson.Default.JsonElement)],
            Problems = [ProblemTypes.UnknownPipeline, ProblemTypes.UnknownStream, ProblemTypes.Conflict, ProblemTypes.Changed],
            HasETag = true,
        },
        new("DELETE", "/api/pipelines/{pipeline}/streams/{stream}/state", "ResetState", "State", "Resets a stream's state: the next run begins at the beginning.")
        {
            Handler = services => services.GetRequiredService<StateEndpoints>().DeleteAsync,
            Query = [Force],
            Answers = [new EndpointAnswer(200, "The state as it is now: empty.", ApiJson.Default.JsonElement)],
            Problems = [ProblemTypes.UnknownPipeline, ProblemTypes.UnknownStream, ProblemTypes.Conflict, ProblemTypes.Changed],
            HasETag = true,
        },
    ];
}

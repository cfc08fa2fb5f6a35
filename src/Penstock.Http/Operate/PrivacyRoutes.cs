using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class PrivacyRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("POST", "/api/erasures", "StartErasure", "Erasures", "Erases one subject everywhere; the same subject again is the same erasure.")
        {
            Handler = services => services.GetRequiredService<ErasureEndpoints>().StartAsync,
            Body = ApiJson.Default.ErasureRequest,
            Answers = [new EndpointAnswer(202, "The erasure.", ApiJson.Default.ErasureView) { HasLocation = true }],
            Problems = [ProblemTypes.NotReady],
        },
        new("GET", "/api/erasures", "ListErasures", "Erasures", "Lists erasures, the newest first.")
        {
            Handler = services => services.GetRequiredService<ErasureEndpoints>().ListAsync,
            Query = QueryParameter.Page,
            Answers = [new EndpointAnswer(200, "A page of erasures.", ApiJson.Default.PageOfErasures)],
        },
        new("GET", "/api/erasures/{id}", "GetErasure", "Erasures", "Shows how far an erasure is, and how much it has found where.")
        {
            Handler = services => services.GetRequiredService<ErasureEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "The erasure.", ApiJson.Default.ErasureView)],
            Problems = [ProblemTypes.UnknownErasure],
        },
        new("GET", "/api/erasures/{id}/findings", "ListErasureFindings", "Erasures", "Lists each place where the subject was found, and what was done there.")
        {
            Handler = services => services.GetRequiredService<ErasureEndpoints>().FindingsAsync,
            Query = QueryParameter.Page,
            Answers = [new EndpointAnswer(200, "A page of findings.", ApiJson.Default.PageOfErasureFindings)],
            Problems = [ProblemTypes.UnknownErasure],
        },
        new("GET", "/api/quarantine", "ListQuarantine", "Quarantine", "Lists records that were set aside, without their content.")
        {
            Handler = services => services.GetRequiredService<QuarantineEndpoints>().ListAsync,
            Query =
            [
                new("pipeline", "Those of this pipeline."), new("stream", "Those of this stream of it."), new("rule", "Those that break this rule."),
                .. QueryParameter.Page,
            ],
            Answers = [new EndpointAnswer(200, "A page of records.", ApiJson.Default.PageOfQuarantined)],
        },
        new("GET", "/api/quarantine/{id}", "GetQuarantined", "Quarantine", "Shows one record, masked as its stream says.")
        {
            Handler = services => services.GetRequiredService<QuarantineEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "The record.", ApiJson.Default.QuarantinedView)],
            Problems = [ProblemTypes.UnknownQuarantined],
        },
        new("DELETE", "/api/quarantine/{id}", "DiscardQuarantined", "Quarantine", "Throws one record away: it counts as filtered.")
        {
            Handler = services => services.GetRequiredService<QuarantineEndpoints>().DiscardOneAsync,
            Answers = [new EndpointAnswer(200, "How many.", ApiJson.Default.QuarantineDiscardView)],
            Problems = [ProblemTypes.UnknownQuarantined],
        },
        new("POST", "/api/quarantine/replay", "ReplayQuarantine", "Quarantine", "Transforms just those records again, from raw.")
        {
            Handler = services => services.GetRequiredService<QuarantineEndpoints>().ReplayAsync,
            Body = ApiJson.Default.QuarantineRequest,
            Answers = [new EndpointAnswer(202, "The replay.", ApiJson.Default.QuarantineReplayView)],
        },
        new("POST", "/api/quarantine/discard", "DiscardQuarantine", "Quarantine", "Throws records away: they count as filtered.")
        {
            Handler = services => services.GetRequiredService<QuarantineEndpoints>().DiscardAsync,
            Body = ApiJson.Default.QuarantineRequest,
            Answers = [new EndpointAnswer(200, "How many.", ApiJson.Default.QuarantineDiscardView)],
        },
    ];
}

using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Http.Operate;

internal static class PipelineRoutes
{
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        new("GET", "/api/pipelines", "ListPipelines", "Pipelines", "Lists all pipelines, the broken ones with what is wrong.")
        {
            Handler = services => services.GetRequiredService<PipelineEndpoints>().ListAsync,
            Answers = [new EndpointAnswer(200, "The pipelines.", ApiJson.Default.PipelineList)],
        },
        new("GET", "/api/pipelines/{pipeline}", "GetPipeline", "Pipelines", "Shows one pipeline: streams, keys, contracts, when it is due next.")
        {
            Handler = services => services.GetRequiredService<PipelineEndpoints>().GetAsync,
            Answers = [new EndpointAnswer(200, "The pipeline.", ApiJson.Default.PipelineView)],
            Problems = [ProblemTypes.UnknownPipeline],
            HasETag = true,
        },
        new("POST", "/api/pipelines/{pipeline}/pause", "PausePipeline", "Pipelines", "Pauses a pipeline: it is neither planned nor extracted; what was landed is still transformed.")
        {
            Handler = services => services.GetRequiredService<PipelineEndpoints>().PauseAsync,
            Body = ApiJson.Default.ReasonRequest,
            IsBodyOptional = true,
            Answers = [new EndpointAnswer(200, "The pipeline.", ApiJson.Default.PipelineView)],
            Problems = [ProblemTypes.UnknownPipeline, ProblemTypes.Changed],
            HasETag = true,
        },
        new("POST", "/api/pipelines/{pipeline}/resume", "ResumePipeline", "Pipelines", "Lets a pipeline run again that an operator paused.")
        {
            Handler = services => services.GetRequiredService<PipelineEndpoints>().ResumeAsync,
            Body = ApiJson.Default.ReasonRequest,
            IsBodyOptional = true,
            Answers = [new EndpointAnswer(200, "The pipeline.", ApiJson.Default.PipelineView)],
            Problems = [ProblemTypes.UnknownPipeline, ProblemTypes.Conflict, ProblemTypes.Changed],
            HasETag = true,
        },
        new("POST", "/api/pipelines/{pipeline}/runs", "RunPipeline", "Pipelines", "Begins a run of each pulled stream now, or of those that are named.")
        {
            Handler = services => services.GetRequiredService<PipelineEndpoints>().RunNowAsync,
            Body = ApiJson.Default.RunRequest,
            IsBodyOptional = true,
            Answers = [new EndpointAnswer(202, "The runs, those that went on already included.", ApiJson.Default.RunsStarted)],
            Problems = [ProblemTypes.UnknownPipeline],
        },
    ];
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Operate;

namespace Penstock.Functions.Triggers;

/// <summary>The operators' pipelines, and the status of all.</summary>
/// <param name="pipelines">The pipelines' endpoints.</param>
/// <param name="status">The status endpoint.</param>
public sealed class PipelineTriggers(PipelineEndpoints pipelines, StatusEndpoints status)
{
    /// <summary><c>GET /api/pipelines</c>.</summary>
    [Function("ListPipelines")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/pipelines")] HttpRequest request, CancellationToken cancellationToken) =>
        pipelines.ListAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/pipelines/{pipeline}</c>.</summary>
    [Function("GetPipeline")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/pipelines/{pipeline}")] HttpRequest request,
        string pipeline,
        CancellationToken cancellationToken) => pipelines.GetAsync(request, pipeline, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/pipelines/{pipeline}/runs</c>.</summary>
    [Function("RunPipeline")]
    public Task<IResult> RunNowAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/pipelines/{pipeline}/runs")] HttpRequest request,
        string pipeline,
        CancellationToken cancellationToken) => pipelines.RunNowAsync(request, pipeline, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/pipelines/{pipeline}/pause</c>.</summary>
    [Function("PausePipeline")]
    public Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/pipelines/{pipeline}/pause")] HttpRequest request,
        string pipeline,
        CancellationToken cancellationToken) => pipelines.PauseAsync(request, pipeline, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/pipelines/{pipeline}/resume</c>.</summary>
    [Function("ResumePipeline")]
    public Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/pipelines/{pipeline}/resume")] HttpRequest request,
        string pipeline,
        CancellationToken cancellationToken) => pipelines.ResumeAsync(request, pipeline, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/status</c>.</summary>
    [Function("GetStatus")]
    public Task<IResult> StatusAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/status")] HttpRequest request, CancellationToken cancellationToken) =>
        status.GetAsync(request, cancellationToken).WriteAsync(request);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Operate.State;

namespace Penstock.Functions.Triggers;

/// <summary>The state of pulled streams.</summary>
/// <param name="state">The endpoints.</param>
public sealed class StateTriggers(StateEndpoints state)
{
    /// <summary><c>GET /api/pipelines/{pipeline}/state</c>.</summary>
    [Function("ListState")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/pipelines/{pipeline}/state")] HttpRequest request,
        string pipeline,
        CancellationToken cancellationToken) => state.ListAsync(request, pipeline, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/pipelines/{pipeline}/streams/{stream}/state</c>.</summary>
    [Function("GetState")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/pipelines/{pipeline}/streams/{stream}/state")] HttpRequest request,
        string pipeline,
        string stream,
        CancellationToken cancellationToken) => state.GetAsync(request, pipeline, stream, cancellationToken).WriteAsync(request);

    /// <summary><c>PUT /api/pipelines/{pipeline}/streams/{stream}/state</c>.</summary>
    [Function("SetState")]
    public Task<IResult> SetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "api/pipelines/{pipeline}/streams/{stream}/state")] HttpRequest request,
        string pipeline,
        string stream,
        CancellationToken cancellationToken) => state.PutAsync(request, pipeline, stream, cancellationToken).WriteAsync(request);

    /// <summary><c>DELETE /api/pipelines/{pipeline}/streams/{stream}/state</c>.</summary>
    [Function("ResetState")]
    public Task<IResult> ResetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/pipelines/{pipeline}/streams/{stream}/state")] HttpRequest request,
        string pipeline,
        string stream,
        CancellationToken cancellationToken) => state.DeleteAsync(request, pipeline, stream, cancellationToken).WriteAsync(request);
}

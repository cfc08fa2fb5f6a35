using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Operate;

namespace Penstock.Functions.Triggers;

/// <summary>The operators' runs.</summary>
/// <param name="runs">The endpoints.</param>
/// <param name="slices">Their slices' endpoint.</param>
public sealed class RunTriggers(RunEndpoints runs, SliceEndpoints slices)
{
    /// <summary><c>GET /api/runs</c>.</summary>
    [Function("ListRuns")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/runs")] HttpRequest request, CancellationToken cancellationToken) =>
        runs.ListAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/runs/{pipeline}/{stream}/{run}</c>.</summary>
    [Function("GetRun")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/runs/{pipeline}/{stream}/{run}")] HttpRequest request,
        string pipeline,
        string stream,
        string run,
        CancellationToken cancellationToken) => runs.GetAsync(request, pipeline, stream, run, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/runs/{pipeline}/{stream}/{run}/cancel</c>.</summary>
    [Function("CancelRun")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/runs/{pipeline}/{stream}/{run}/cancel")] HttpRequest request,
        string pipeline,
        string stream,
        string run,
        CancellationToken cancellationToken) => runs.CancelAsync(request, pipeline, stream, run, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/runs/{pipeline}/{stream}/{run}/slices</c>.</summary>
    [Function("ListSlices")]
    public Task<IResult> SlicesAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/runs/{pipeline}/{stream}/{run}/slices")] HttpRequest request,
        string pipeline,
        string stream,
        string run,
        CancellationToken cancellationToken) => slices.ListAsync(request, pipeline, stream, run, cancellationToken).WriteAsync(request);
}

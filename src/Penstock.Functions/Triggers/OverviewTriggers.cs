using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.OpenApi;
using Penstock.Http.Operate.Activity;
using Penstock.Http.Operate.Overview;

namespace Penstock.Functions.Triggers;

/// <summary>What the console's first page shows, who did what, and the API's own description.</summary>
/// <param name="overview">The overview's endpoints.</param>
/// <param name="activity">The activity's endpoint.</param>
/// <param name="openApi">The description.</param>
public sealed class OverviewTriggers(OverviewEndpoints overview, ActivityEndpoints activity, OpenApiEndpoints openApi)
{
    /// <summary><c>GET /api/overview</c>.</summary>
    [Function("GetOverview")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/overview")] HttpRequest request, CancellationToken cancellationToken) =>
        overview.GetAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/pipelines/{pipeline}/streams</c>.</summary>
    [Function("ListStreams")]
    public Task<IResult> StreamsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/pipelines/{pipeline}/streams")] HttpRequest request,
        string pipeline,
        CancellationToken cancellationToken) => overview.StreamsAsync(request, pipeline, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/openapi.json</c>.</summary>
    [Function("GetOpenApi")]
    public Task<IResult> OpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/openapi.json")] HttpRequest request, CancellationToken cancellationToken) =>
        openApi.GetAsync(request).WriteAsync(request);

    /// <summary><c>GET /api/activity</c>.</summary>
    [Function("ListActivity")]
    public Task<IResult> ActivityAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/activity")] HttpRequest request, CancellationToken cancellationToken) =>
        activity.ListAsync(request, cancellationToken).WriteAsync(request);
}

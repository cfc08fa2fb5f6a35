using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Operate.Replays;

namespace Penstock.Functions.Triggers;

/// <summary>The operators' replays.</summary>
/// <param name="replays">The endpoints.</param>
public sealed class ReplayTriggers(ReplayEndpoints replays)
{
    /// <summary><c>POST /api/replays</c>: 202 with <c>Location</c>.</summary>
    [Function("StartReplay")]
    public Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/replays")] HttpRequest request, CancellationToken cancellationToken) =>
        replays.StartAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/replays</c>.</summary>
    [Function("ListReplays")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/replays")] HttpRequest request, CancellationToken cancellationToken) =>
        replays.ListAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/replays/{id}</c>.</summary>
    [Function("GetReplay")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/replays/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => replays.GetAsync(request, id, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/replays/{id}/cancel</c>.</summary>
    [Function("CancelReplay")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/replays/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => replays.CancelAsync(request, id, cancellationToken).WriteAsync(request);
}

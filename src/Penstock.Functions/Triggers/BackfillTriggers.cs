using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Operate;

namespace Penstock.Functions.Triggers;

/// <summary>The operators' backfills.</summary>
/// <param name="backfills">The endpoints.</param>
public sealed class BackfillTriggers(BackfillEndpoints backfills)
{
    /// <summary><c>POST /api/backfills</c>: 202 with <c>Location</c>.</summary>
    [Function("StartBackfill")]
    public Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/backfills")] HttpRequest request, CancellationToken cancellationToken) =>
        backfills.StartAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/backfills</c>.</summary>
    [Function("ListBackfills")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/backfills")] HttpRequest request, CancellationToken cancellationToken) =>
        backfills.ListAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/backfills/{id}</c>.</summary>
    [Function("GetBackfill")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/backfills/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => backfills.GetAsync(request, id, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/backfills/{id}/cancel</c>.</summary>
    [Function("CancelBackfill")]
    public Task<IResult> CancelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/backfills/{id}/cancel")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => backfills.CancelAsync(request, id, cancellationToken).WriteAsync(request);

    /// <summary><c>DELETE /api/backfills/{id}</c>: the same, for those who would rather delete.</summary>
    [Function("DeleteBackfill")]
    public Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/backfills/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => backfills.CancelAsync(request, id, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/backfills/{id}/pause</c>.</summary>
    [Function("PauseBackfill")]
    public Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/backfills/{id}/pause")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => backfills.PauseAsync(request, id, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/backfills/{id}/resume</c>.</summary>
    [Function("ResumeBackfill")]
    public Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/backfills/{id}/resume")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => backfills.ResumeAsync(request, id, cancellationToken).WriteAsync(request);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Operate;

namespace Penstock.Functions.Triggers;

/// <summary>The operators' erasures and quarantine.</summary>
/// <param name="erasures">The erasures' endpoints.</param>
/// <param name="quarantine">The quarantine's endpoints.</param>
public sealed class PrivacyTriggers(ErasureEndpoints erasures, QuarantineEndpoints quarantine)
{
    /// <summary><c>POST /api/erasures</c>: 202 with <c>Location</c>.</summary>
    [Function("StartErasure")]
    public Task<IResult> StartErasureAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/erasures")] HttpRequest request, CancellationToken cancellationToken) =>
        erasures.StartAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/erasures</c>.</summary>
    [Function("ListErasures")]
    public Task<IResult> ListErasuresAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/erasures")] HttpRequest request, CancellationToken cancellationToken) =>
        erasures.ListAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/erasures/{id}</c>.</summary>
    [Function("GetErasure")]
    public Task<IResult> GetErasureAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/erasures/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => erasures.GetAsync(request, id, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/erasures/{id}/findings</c>.</summary>
    [Function("ListErasureFindings")]
    public Task<IResult> FindingsAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/erasures/{id}/findings")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => erasures.FindingsAsync(request, id, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/quarantine</c>.</summary>
    [Function("ListQuarantine")]
    public Task<IResult> ListQuarantineAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/quarantine")] HttpRequest request, CancellationToken cancellationToken) =>
        quarantine.ListAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/quarantine/{id}</c>.</summary>
    [Function("GetQuarantined")]
    public Task<IResult> GetQuarantinedAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/quarantine/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => quarantine.GetAsync(request, id, cancellationToken).WriteAsync(request);

    /// <summary><c>DELETE /api/quarantine/{id}</c>.</summary>
    [Function("DiscardQuarantined")]
    public Task<IResult> DiscardQuarantinedAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/quarantine/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => quarantine.DiscardOneAsync(request, id, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/quarantine/replay</c>: 202.</summary>
    [Function("ReplayQuarantine")]
    public Task<IResult> ReplayQuarantineAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/quarantine/replay")] HttpRequest request, CancellationToken cancellationToken) =>
        quarantine.ReplayAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/quarantine/discard</c>.</summary>
    [Function("DiscardQuarantine")]
    public Task<IResult> DiscardQuarantineAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/quarantine/discard")] HttpRequest request, CancellationToken cancellationToken) =>
        quarantine.DiscardAsync(request, cancellationToken).WriteAsync(request);
}

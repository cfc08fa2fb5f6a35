using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Operate;

namespace Penstock.Functions.Triggers;

/// <summary>The messages that couldn't be processed.</summary>
/// <param name="deadLetters">The endpoints.</param>
public sealed class DeadLetterTriggers(DeadLetterEndpoints deadLetters)
{
    /// <summary><c>GET /api/deadletters</c>.</summary>
    [Function("ListDeadLetters")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/deadletters")] HttpRequest request, CancellationToken cancellationToken) =>
        deadLetters.ListAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/deadletters/{queue}/{id}</c>.</summary>
    [Function("GetDeadLetter")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/deadletters/{queue}/{id}")] HttpRequest request,
        string queue,
        string id,
        CancellationToken cancellationToken) => deadLetters.GetAsync(request, queue, id, cancellationToken).WriteAsync(request);

    /// <summary><c>PUT /api/deadletters/{queue}/{id}</c>.</summary>
    [Function("EditDeadLetter")]
    public Task<IResult> EditAsync(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "api/deadletters/{queue}/{id}")] HttpRequest request,
        string queue,
        string id,
        CancellationToken cancellationToken) => deadLetters.PutAsync(request, queue, id, cancellationToken).WriteAsync(request);

    /// <summary><c>DELETE /api/deadletters/{queue}/{id}</c>.</summary>
    [Function("DiscardDeadLetter")]
    public Task<IResult> DiscardAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/deadletters/{queue}/{id}")] HttpRequest request,
        string queue,
        string id,
        CancellationToken cancellationToken) => deadLetters.DeleteAsync(request, queue, id, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/deadletters/{queue}/{id}/replay</c>.</summary>
    [Function("ReplayDeadLetter")]
    public Task<IResult> ReplayAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/deadletters/{queue}/{id}/replay")] HttpRequest request,
        string queue,
        string id,
        CancellationToken cancellationToken) => deadLetters.ReplayAsync(request, queue, id, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/deadletters/replay</c>.</summary>
    [Function("ReplayDeadLetters")]
    public Task<IResult> ReplayManyAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/deadletters/replay")] HttpRequest request, CancellationToken cancellationToken) =>
        deadLetters.ReplayManyAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>POST /api/deadletters/discard</c>.</summary>
    [Function("DiscardDeadLetters")]
    public Task<IResult> DiscardManyAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/deadletters/discard")] HttpRequest request, CancellationToken cancellationToken) =>
        deadLetters.DiscardManyAsync(request, cancellationToken).WriteAsync(request);
}

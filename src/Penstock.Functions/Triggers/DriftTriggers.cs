using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Drift;

namespace Penstock.Functions.Triggers;

/// <summary>How the sources' data has changed.</summary>
/// <param name="drift">The endpoint.</param>
public sealed class DriftTriggers(DriftEndpoints drift)
{
    /// <summary><c>GET /api/drift</c>.</summary>
    [Function("ListDrift")]
    public Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/drift")] HttpRequest request, CancellationToken cancellationToken) =>
        drift.ListAsync(request, cancellationToken).WriteAsync(request);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Operate.Auditing;

namespace Penstock.Functions.Triggers;

/// <summary>Verifies the invariants.</summary>
/// <param name="audit">The endpoint.</param>
public sealed class AuditTriggers(AuditEndpoints audit)
{
    /// <summary><c>GET /api/audit</c>.</summary>
    [Function("GetAudit")]
    public Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/audit")] HttpRequest request, CancellationToken cancellationToken) =>
        audit.GetAsync(request, cancellationToken).WriteAsync(request);
}

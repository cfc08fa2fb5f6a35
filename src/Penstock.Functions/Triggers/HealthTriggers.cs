using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Health;

namespace Penstock.Functions.Triggers;

/// <summary>Whether the app is up. Open to all: load balancers and availability tests have no key.</summary>
/// <param name="health">The endpoints.</param>
public sealed class HealthTriggers(HealthEndpoints health)
{
    /// <summary><c>GET /health</c>.</summary>
    [Function("Health")]
    public Task<IResult> LiveAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) =>
        health.LiveAsync(request).WriteAsync(request);

    /// <summary><c>GET /health/ready</c>.</summary>
    [Function("Ready")]
    public Task<IResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/ready")] HttpRequest request, CancellationToken cancellationToken) =>
        health.ReadyAsync(request, cancellationToken).WriteAsync(request);
}

using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Penstock.Functions;

/// <summary>Answers whether the app is up, without a key: load balancers and availability tests have none.</summary>
public sealed class HealthFunction
{
    /// <summary><c>GET /health</c>: 200 when the worker answers.</summary>
    [Function("Health")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request) => Results.Ok();
}

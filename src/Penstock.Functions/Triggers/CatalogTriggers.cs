using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Http.Catalogue;

namespace Penstock.Functions.Triggers;

/// <summary>The catalogue, the lineage, and what streams cost.</summary>
/// <param name="catalog">The catalogue's endpoints.</param>
/// <param name="costs">The costs' endpoint.</param>
public sealed class CatalogTriggers(CatalogEndpoints catalog, CostEndpoints costs)
{
    /// <summary><c>GET /api/catalog</c>.</summary>
    [Function("GetCatalog")]
    public Task<IResult> CatalogAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/catalog")] HttpRequest request, CancellationToken cancellationToken) =>
        catalog.CatalogAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/lineage</c>.</summary>
    [Function("GetLineage")]
    public Task<IResult> LineageAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/lineage")] HttpRequest request, CancellationToken cancellationToken) =>
        catalog.LineageAsync(request, cancellationToken).WriteAsync(request);

    /// <summary><c>GET /api/cost</c>.</summary>
    [Function("GetCost")]
    public Task<IResult> CostAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/cost")] HttpRequest request, CancellationToken cancellationToken) =>
        costs.GetAsync(request, cancellationToken).WriteAsync(request);
}

using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Penstock.Http.Catalogue;
using Penstock.Http.Console;
using Penstock.Http.Drift;
using Penstock.Http.Health;
using Penstock.Http.Ingest;
using Penstock.Http.OpenApi;
using Penstock.Http.Operate;

namespace Penstock.Http.Routing;

/// <summary>Every endpoint.</summary>
internal static class EndpointTable
{
    /// <summary>All of them, in the order in which they are documented.</summary>
    public static IReadOnlyList<Endpoint> All { get; } =
    [
        .. OverviewRoutes.All,
        .. PipelineRoutes.All,
        .. RunRoutes.All,
        .. BackfillRoutes.All,
        .. ReplayRoutes.All,
        .. StateRoutes.All,
        .. BudgetRoutes.All,
        .. DeadLetterRoutes.All,
        .. ActivityRoutes.All,
        .. PrivacyRoutes.All,
        .. CatalogRoutes.All,
        .. DriftRoutes.All,
        .. AuditRoutes.All,
        .. OpenApiRoutes.All,
        .. ConsoleRoutes.All,
        .. IngestRoutes.All,
        .. HealthRoutes.All,
    ];

    /// <summary>Maps each where ASP.NET Core routes.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (Endpoint endpoint in All)
            app.MapMethods(endpoint.Route, [endpoint.Method], endpoint.Handler(app.ServiceProvider));
    }
}

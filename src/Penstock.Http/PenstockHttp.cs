using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Bodies;
using Penstock.Http.Catalogue;
using Penstock.Http.Commands;
using Penstock.Http.Console;
using Penstock.Http.Drift;
using Penstock.Http.Health;
using Penstock.Http.Ingest;
using Penstock.Http.OpenApi;
using Penstock.Http.Operate;
using Penstock.Http.Operate.Activity;
using Penstock.Http.Operate.Auditing;
using Penstock.Http.Operate.Budgets;
using Penstock.Http.Operate.Overview;
using Penstock.Http.Operate.Replays;
using Penstock.Http.Operate.State;
using Penstock.Http.Routing;

namespace Penstock.Http;

/// <summary>Registers the endpoints, and maps them where ASP.NET Core routes; the function app has a trigger for each instead.</summary>
public static class PenstockHttp
{
    /// <summary>Adds the endpoints. The host adds the stages and the ports.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="limits">How large a webhook's body may be; null for the defaults.</param>
    /// <param name="operators">How it is known who operates; null: all hold a key.</param>
    public static IServiceCollection AddPenstockHttp(this IServiceCollection services, BodyLimits? limits = null, OperatorOptions? operators = null) => services
        .AddSingleton(limits ?? new BodyLimits())
        .AddSingleton<BodyBudget>()
        .AddSingleton<HttpEdge>()
        .AddSingleton<HealthEndpoints>()
        .AddSingleton<IngestEndpoints>()
        .AddSingleton<PipelineEndpoints>()
        .AddSingleton(operators ?? new OperatorOptions())
        .AddSingleton<Operators>()
        .AddSingleton<CommandEdge>()
        .AddSingleton<OpenApiEndpoints>()
        .AddSingleton<OperatedPipelines>()
        .AddSingleton<ActivityEndpoints>()
        .AddSingleton<ConsoleEndpoints>()
        .AddSingleton<ReplayEndpoints>()
        .AddSingleton<StateEndpoints>()
        .AddSingleton<BudgetEndpoints>()
        .AddSingleton<DriftEndpoints>()
        .AddSingleton<OverviewReader>()
        .AddSingleton<OverviewEndpoints>()
        .AddSingleton<StatusEndpoints>()
        .AddSingleton<CatalogEndpoints>()
        .AddSingleton<CostEndpoints>()
        .AddSingleton<AuditEndpoints>()
        .AddSingleton<SliceEndpoints>()
        .AddSingleton<RunEndpoints>()
        .AddSingleton<BackfillEndpoints>()
        .AddSingleton<ErasureEndpoints>()
        .AddSingleton<QuarantineEndpoints>()
        .AddSingleton<DeadLetterEndpoints>();

    /// <summary>Maps every endpoint.</summary>
    public static void MapPenstock(this IEndpointRouteBuilder app) => EndpointTable.Map(app);
}

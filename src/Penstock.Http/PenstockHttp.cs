using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Bodies;
using Penstock.Http.Health;
using Penstock.Http.Ingest;
using Penstock.Http.Operate;

namespace Penstock.Http;

/// <summary>Registers the endpoints, and maps them where ASP.NET Core routes; the function app has a trigger for each instead.</summary>
public static class PenstockHttp
{
    /// <summary>Adds the endpoints. The host adds the stages and the ports.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="limits">How large a webhook's body may be; null for the defaults.</param>
    public static IServiceCollection AddPenstockHttp(this IServiceCollection services, BodyLimits? limits = null) => services
        .AddSingleton(limits ?? new BodyLimits())
        .AddSingleton<BodyBudget>()
        .AddSingleton<HttpEdge>()
        .AddSingleton<HealthEndpoints>()
        .AddSingleton<IngestEndpoints>()
        .AddSingleton<PipelineEndpoints>()
        .AddSingleton<StatusEndpoints>()
        .AddSingleton<RunEndpoints>()
        .AddSingleton<BackfillEndpoints>()
        .AddSingleton<DeadLetterEndpoints>();

    /// <summary>Maps every endpoint.</summary>
    public static void MapPenstock(this IEndpointRouteBuilder app)
    {
        var health = app.ServiceProvider.GetRequiredService<HealthEndpoints>();
        var ingest = app.ServiceProvider.GetRequiredService<IngestEndpoints>();
        var pipelines = app.ServiceProvider.GetRequiredService<PipelineEndpoints>();
        var status = app.ServiceProvider.GetRequiredService<StatusEndpoints>();
        var runs = app.ServiceProvider.GetRequiredService<RunEndpoints>();
        var backfills = app.ServiceProvider.GetRequiredService<BackfillEndpoints>();
        var deadLetters = app.ServiceProvider.GetRequiredService<DeadLetterEndpoints>();

        app.MapGet("/health", (HttpRequest request) => health.LiveAsync(request));
        app.MapGet("/health/ready", (HttpRequest request, CancellationToken token) => health.ReadyAsync(request, token));
        app.MapPost("/ingest/{pipeline}/{stream}", (HttpRequest request, string pipeline, string stream, CancellationToken token) => ingest.PostAsync(request, pipeline, stream, token));
        app.MapGet("/api/pipelines", (HttpRequest request, CancellationToken token) => pipelines.ListAsync(request, token));
        app.MapGet("/api/pipelines/{pipeline}", (HttpRequest request, string pipeline, CancellationToken token) => pipelines.GetAsync(request, pipeline, token));
        app.MapPost("/api/pipelines/{pipeline}/runs", (HttpRequest request, string pipeline, CancellationToken token) => pipelines.RunNowAsync(request, pipeline, token));
        app.MapGet("/api/status", (HttpRequest request, CancellationToken token) => status.GetAsync(request, token));
        app.MapGet("/api/runs", (HttpRequest request, CancellationToken token) => runs.ListAsync(request, token));
        app.MapGet("/api/runs/{pipeline}/{stream}/{run}", (HttpRequest request, string pipeline, string stream, string run, CancellationToken token) => runs.GetAsync(request, pipeline, stream, run, token));
        app.MapPost("/api/runs/{pipeline}/{stream}/{run}/cancel", (HttpRequest request, string pipeline, string stream, string run, CancellationToken token) => runs.CancelAsync(request, pipeline, stream, run, token));
        app.MapPost("/api/backfills", (HttpRequest request, CancellationToken token) => backfills.StartAsync(request, token));
        app.MapGet("/api/backfills", (HttpRequest request, CancellationToken token) => backfills.ListAsync(request, token));
        app.MapGet("/api/backfills/{id}", (HttpRequest request, string id, CancellationToken token) => backfills.GetAsync(request, id, token));
        app.MapDelete("/api/backfills/{id}", (HttpRequest request, string id, CancellationToken token) => backfills.CancelAsync(request, id, token));
        app.MapPost("/api/backfills/{id}/cancel", (HttpRequest request, string id, CancellationToken token) => backfills.CancelAsync(request, id, token));
        app.MapGet("/api/deadletters", (HttpRequest request, CancellationToken token) => deadLetters.ListAsync(request, token));
    }
}

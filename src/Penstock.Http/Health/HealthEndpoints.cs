using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Http.Health;

/// <summary>Whether it is up, and whether it can work. Open to all, so it names nothing.</summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="documents">The stores.</param>
/// <param name="log">Where the reason goes.</param>
public sealed class HealthEndpoints(HttpEdge edge, IPipelineCatalog catalog, DocumentStore documents, ILogger<HealthEndpoints> log)
{
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(10);

    /// <summary><c>GET /health</c>: 200 as long as the process answers.</summary>
    public Task<IResult> LiveAsync(HttpRequest request) =>
        edge.RunAsync(request, () => Task.FromResult(Results.Json(new Health("up"), HealthJson.Default.Health)));

    /// <summary><c>GET /health/ready</c>: 200 if pipelines and stores can be read, with when planning was last done; else 503.</summary>
    public Task<IResult> ReadyAsync(HttpRequest request, CancellationToken cancellationToken) => edge.RunAsync(request, async () =>
    {
        try
        {
            var entries = await catalog.ListAsync(cancellationToken);
            var clock = await documents.FindAsync<TickChain>(TickChain.Name, cancellationToken);
            var health = new Health("ready", entries.Count, entries.Count(entry => entry is BrokenPipeline), clock?.Value.PlannedAt);
            return Results.Json(health, HealthJson.Default.Health);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogMessages.NotReady(log, e);
            return new ProblemResult(ProblemTypes.NotReady.With("The pipelines or the stores can't be read. The reason is in the logs.").RetryAfter(RetryTime));
        }
    });
}

internal sealed record Health(string Status, int? Pipelines = null, int? BrokenPipelines = null, DateTimeOffset? PlannedAt = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Health))]
internal sealed partial class HealthJson : JsonSerializerContext;

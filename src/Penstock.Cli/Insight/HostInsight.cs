using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Penstock.Cli.Operating;
using Penstock.Pipelines.Catalogue;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Lineage;

namespace Penstock.Cli.Insight;

/// <summary>Asks a host or a function app.</summary>
/// <param name="client">Calls it.</param>
internal sealed class HostInsight(ApiClient client) : InsightSource
{
    public override Task<Insight<DataCatalog>> CatalogAsync(string? pipeline, string? stream, int samples, CancellationToken cancellationToken) =>
        AskAsync("api/catalog", CatalogJson.Default.DataCatalog, cancellationToken, ("pipeline", pipeline), ("stream", stream), ("samples", samples == 0 ? null : $"{samples}"));

    public override Task<Insight<LineageGraph>> LineageAsync(string? pipeline, string? stream, CancellationToken cancellationToken) =>
        AskAsync("api/lineage", CatalogJson.Default.LineageGraph, cancellationToken, ("pipeline", pipeline), ("stream", stream));

    public override Task<Insight<CostReport>> CostAsync(string? pipeline, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        AskAsync("api/cost", CatalogJson.Default.CostReport, cancellationToken, ("pipeline", pipeline), ("from", $"{from:O}"), ("to", $"{to:O}"));

    public override ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Insight<T>> AskAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken, params (string Name, string? Value)[] query)
        where T : class
    {
        string url = path + string.Concat(query.Where(one => one.Value is not null).Select((one, i) => $"{(i == 0 ? '?' : '&')}{one.Name}={Uri.EscapeDataString(one.Value!)}"));
        ApiReply reply = await client.SendAsync(new ApiRequest("GET", url), cancellationToken);
        if (reply is ApiRefusal refusal)
            return new Insight<T>(null, refusal.Message, refusal.Next);
        try
        {
            return new Insight<T>(((ApiAnswer)reply).Json.Deserialize(type));
        }
        catch (JsonException)
        {
            return new Insight<T>(null, client.NotPenstock().Message, client.NotPenstock().Next);
        }
    }
}

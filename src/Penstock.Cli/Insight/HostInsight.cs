using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Penstock.Pipelines.Catalogue;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Lineage;

namespace Penstock.Cli.Insight;

/// <summary>Asks a host or a function app.</summary>
internal sealed class HostInsight : InsightSource
{
    private readonly HttpClient _client;

    public HostInsight(Uri url, string? key)
    {
        _client = new HttpClient { BaseAddress = new Uri(url.GetLeftPart(UriPartial.Authority)), Timeout = TimeSpan.FromSeconds(100) };
        if (key is not null)
            _client.DefaultRequestHeaders.Add("x-functions-key", key);
    }

    public override Task<Insight<DataCatalog>> CatalogAsync(string? pipeline, string? stream, int samples, CancellationToken cancellationToken) =>
        AskAsync("api/catalog", CatalogJson.Default.DataCatalog, cancellationToken, ("pipeline", pipeline), ("stream", stream), ("samples", samples == 0 ? null : $"{samples}"));

    public override Task<Insight<LineageGraph>> LineageAsync(string? pipeline, string? stream, CancellationToken cancellationToken) =>
        AskAsync("api/lineage", CatalogJson.Default.LineageGraph, cancellationToken, ("pipeline", pipeline), ("stream", stream));

    public override Task<Insight<CostReport>> CostAsync(string? pipeline, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        AskAsync("api/cost", CatalogJson.Default.CostReport, cancellationToken, ("pipeline", pipeline), ("from", $"{from:O}"), ("to", $"{to:O}"));

    public override ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Insight<T>> AskAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken, params (string Name, string? Value)[] query)
        where T : class
    {
        string url = path + string.Concat(query.Where(one => one.Value is not null).Select((one, i) => $"{(i == 0 ? '?' : '&')}{one.Name}={Uri.EscapeDataString(one.Value!)}"));
        try
        {
            using HttpResponseMessage answer = await _client.GetAsync(new Uri(url, UriKind.Relative), cancellationToken);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                return new Insight<T>(null, $"{_client.BaseAddress} wants a key.", "Give it with --key KEY.");
            if (answer.IsSuccessStatusCode)
                return new Insight<T>(await answer.Content.ReadFromJsonAsync(type, cancellationToken));
            using JsonDocument problem = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
            string detail = problem.RootElement.TryGetProperty("errors", out JsonElement errors) && errors.GetArrayLength() > 0
                ? errors[0].GetProperty("detail").GetString()! : problem.RootElement.GetProperty("detail").GetString()!;
            return new Insight<T>(null, detail, $"{_client.BaseAddress} answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            return new Insight<T>(null, $"{_client.BaseAddress} can't be reached: {e.Message}", "Is it running there?");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new Insight<T>(null, $"{_client.BaseAddress} doesn't answer as Penstock does.", "Is it another version, or another server?");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Insight<T>(null, $"{_client.BaseAddress} didn't answer within {_client.Timeout.TotalSeconds:0} seconds.", "Ask for one pipeline, or for fewer days.");
        }
    }
}

using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Subjects;

namespace Penstock.Cli.Tests.LocalHost;

/// <summary>The host of <c>penstock up</c> with something of everything: runs, landed orders, one in quarantine, dead letters, a quota.</summary>
internal sealed class WalkedHost : IAsyncDisposable
{
    public const string Budget = "pipeline.sample";
    private const string WebhookKey = "s3cret";
    private readonly RunningHost _host;
    private readonly HttpClient _client;

    private WalkedHost(RunningHost host)
    {
        _host = host;
        _client = new HttpClient(Met) { BaseAddress = host.Client.BaseAddress };
    }

    public EndpointRecorder Met { get; } = new();

    public static async Task<WalkedHost> StartAsync()
    {
        var stores = new RunningStores();
        stores.Secrets.Set("subject-key", "another one of the same length");
        stores.Secrets.Set("webhook-key", WebhookKey);
        stores.Pipelines.Pipeline = stores.Pipelines.Pipeline with
        {
            // It runs when the walk says so.
            Schedule = null,
            Manifest = new ManifestFile("connector.yaml", ""),
            Streams =
            [
                stores.Pipelines.Pipeline.Streams[0],
                new PipelineStream
                {
                    Name = "orders", Key = ["id"], Reception = new Reception("orders", new WebhookSignature("webhook-key")),
                    Contract = new Contract("orders", "1.0.0", [new ContractProperty { Name = "n", Type = LogicalType.Integer }]),
                    Subject = new StreamSubject([new SubjectPath("email", "email")]),
                },
            ],
        };
        return new WalkedHost(await RunningHost.StartAsync(stores: stores));
    }

    /// <summary>Sends a request; gives what was answered, an undefined element if that isn't JSON.</summary>
    public async Task<Answer> SendAsync(string method, string path, string? body = null, string? etag = null, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await SendAsync(request);
    }

    /// <summary>Pushes an order as its shop does.</summary>
    public async Task<Answer> PushAsync(string order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest/sample/orders") { Content = new StringContent(order, Encoding.UTF8, "application/json") };
        string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(WebhookKey), Encoding.UTF8.GetBytes(order)));
        request.Headers.Add("X-Hub-Signature-256", $"sha256={signature}");
        return await SendAsync(request);
    }

    /// <summary>Keeps a message that can't be processed; gives its address.</summary>
    public async Task<string> DieAsync()
    {
        DeadLetter letter = await new DeadLetterOffice(new DocumentStore(_host.Stores.Blobs), TimeProvider.System).KeepAsync(QueueNames.Tick, """{"reason":"test"}"""u8.ToArray(), "It failed 5 times.");
        return $"/api/deadletters/{letter.Queue}/{letter.Id}";
    }

    /// <summary>Asks until the answer is as it should be.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> isSo)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            if (await SendAsync("GET", path) is { Status: 200, Json: var json } && isSo(json))
                return json;
            await Task.Delay(20, giveUp.Token);
        }
    }

    /// <summary>Breaks the pipeline's files, or mends them.</summary>
    public void Break(bool isBroken) => _host.Stores.Pipelines.Broken =
        isBroken ? new BrokenPipeline("sample", [new DefinitionProblem("sample/pipeline.yaml", 1, "streams", "There are no streams.", "Name one.")]) : null;

    /// <summary>Pauses the pipeline by its file.</summary>
    public void PauseByFile(bool isPaused) => _host.Stores.Pipelines.Pipeline = _host.Stores.Pipelines.Pipeline with { Paused = isPaused };

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _client.SendAsync(request);
        MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
        JsonElement json = type?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement : default;
        return new Answer((int)response.StatusCode, json, response.Headers.ETag?.Tag, response.Headers.Location?.OriginalString);
    }
}

/// <summary>What a host answered.</summary>
internal sealed record Answer(int Status, JsonElement Json, string? ETag, string? Location)
{
    /// <summary>The kind of problem; null if it is none.</summary>
    public string? Problem => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("type", out JsonElement type) ? type.GetString()!.Split(':')[^1] : null;

    /// <summary>A text of the answer.</summary>
    public string Text(string name) => Json.GetProperty(name).GetString()!;
}

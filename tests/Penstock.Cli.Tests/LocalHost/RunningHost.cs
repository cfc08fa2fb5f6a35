using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Cli.LocalHost;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Testing.World;

namespace Penstock.Cli.Tests.LocalHost;

/// <summary>The local host on a free port, on stores in memory, with a scripted source.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly LocalServer _server;

    private RunningHost(LocalServer server, RunningStores stores, ConcurrentQueue<string> lines)
    {
        (_server, Stores, Lines) = (server, stores, lines);
        Client = new HttpClient { BaseAddress = server.Url };
    }

    public HttpClient Client { get; }

    public RunningStores Stores { get; }

    public ConcurrentQueue<string> Lines { get; }

    public static LocalHostOptions Options => new() { Pipelines = "pipelines", Data = "data", Secrets = "secrets.json", Port = 0 };

    public static async Task<RunningHost> StartAsync(LocalHostOptions? options = null, RunningStores? stores = null)
    {
        stores ??= new RunningStores();
        var lines = new ConcurrentQueue<string>();
        LocalServer server = await LocalServer.StartAsync(options ?? Options, lines.Enqueue, stores, CancellationToken.None);
        return new RunningHost(server, stores, lines);
    }

    public Task<HttpResponseMessage> SendAsync(string path, string body, string contentType = "application/json", params (string Name, string Value)[] headers) =>
        SendAsync(path, Encoding.UTF8.GetBytes(body), contentType, headers);

    public Task<HttpResponseMessage> SendAsync(string path, byte[] body, string contentType = "application/json", params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request);
    }

    /// <summary>Waits for a line that begins so; runs are told in lines once they are curated.</summary>
    public async Task<string> WaitForLineAsync(string beginning)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            if (Lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } line)
                return line;
            await Task.Delay(20, giveUp.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}

/// <summary>Stores that outlive a host, as folders do.</summary>
internal sealed class RunningStores : HostPorts
{
    public MemoryBlobStore Blobs { get; } = new(TimeProvider.System);

    public MemoryWorkQueue Queue { get; } = new(TimeProvider.System);

    public MemoryCuratedStore Curated { get; } = new();

    public MemorySecretStore Secrets { get; } = new();

    public ScriptedPipelines Pipelines { get; } = new(new ScriptedStream { Count = 20 });

    /// <summary>Given instead of <see cref="Blobs"/>, to fail.</summary>
    public IBlobStore? Instead { get; set; }

    public override void AddTo(IServiceCollection services) => services
        .AddSingleton(Instead ?? Blobs)
        .AddSingleton<IWorkQueue>(Queue).AddSingleton<IWorkReceiver>(Queue).AddSingleton<ICuratedStore>(Curated).AddSingleton<ISecretStore>(Secrets)
        .AddSingleton<IPipelineCatalog>(Pipelines).AddSingleton<IStreamOpener>(Pipelines)
        .AddSingleton<IIdSource>(new RandomIdSource(new Random(1))).AddSingleton(TimeProvider.System);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public override IEnumerable<string> Places() => ["data       in memory"];

    /// <summary>Every landed record of a received stream.</summary>
    public async Task<List<JsonElement>> LandedAsync(string stream = "orders")
    {
        var records = new List<JsonElement>();
        await foreach (BlobEntry entry in Blobs.ListAsync(RawNames.Folder("sample", stream)))
        {
            await foreach (var line in RawBlobReader.ReadLinesAsync((await Blobs.OpenAsync(entry.Name))!))
                records.Add(JsonDocument.Parse(line).RootElement.Clone());
        }

        return records;
    }

    /// <summary>Waits until a table has that many records; the pumps work in the background.</summary>
    public async Task<List<CuratedRecord>> CuratedAsync(string stream, int count)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            var records = new List<CuratedRecord>();
            await foreach (CuratedRecord record in Curated.ReadAsync(new CuratedTable("sample", stream), giveUp.Token))
                records.Add(record);
            if (records.Count >= count)
                return records;
            await Task.Delay(20, giveUp.Token);
        }
    }
}

internal static class Answers
{
    /// <summary>Checks that an answer is a problem of a kind, and gives its detail.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage response, ProblemType type)
    {
        Assert.Equal(type.Status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(type.Uri, problem.GetProperty("type").GetString());
        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), problem.GetProperty("requestId").GetString());
        return problem.GetProperty("detail").GetString()!;
    }

    public static void IsCreated(this HttpResponseMessage response) => Assert.Equal(HttpStatusCode.Created, response.StatusCode);
}

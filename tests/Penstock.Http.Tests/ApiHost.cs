using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Penstock.Http.Bodies;
using Penstock.Http.Commands;
using Penstock.Http.Problems;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;
using Penstock.Testing;

namespace Penstock.Http.Tests;

/// <summary>The API over real HTTP on loopback, on stores in memory.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, MemoryStores stores, FailingBlobStore blobs, TestCatalog catalog)
    {
        (_app, Stores, Blobs, Catalog) = (app, stores, blobs, catalog);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public MemoryStores Stores { get; }

    public FailingBlobStore Blobs { get; }

    public TestCatalog Catalog { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ApiHost> StartAsync(BodyLimits? limits = null, OperatorOptions? operators = null, IStreamOpener? opener = null)
    {
        var stores = new MemoryStores();
        var blobs = new FailingBlobStore(stores.Blobs);
        var catalog = new TestCatalog();
        stores.Secrets.Set("shop-key", "s3cr3t");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<IBlobStore>(blobs).AddSingleton<IWorkQueue>(stores.Queue).AddSingleton<ICuratedStore>(stores.Curated)
            .AddSingleton<ISecretStore>(stores.Secrets).AddSingleton<IIdSource>(stores.Ids).AddSingleton<TimeProvider>(stores.Time)
            .AddSingleton<IPipelineCatalog>(catalog).AddSingleton(opener ?? new NoStreams())
            .AddPenstock().AddPenstockHttp(limits, operators);
        WebApplication app = builder.Build();
        app.UseProblemPages();
        app.UseRouting();
        app.MapPenstock();
        await app.StartAsync();
        return new ApiHost(app, stores, blobs, catalog);
    }

    /// <summary>Every landed line of a stream.</summary>
    public async Task<List<string>> LandedAsync(string pipeline, string stream)
    {
        var lines = new List<string>();
        await foreach (BlobEntry entry in Stores.Blobs.ListAsync(RawNames.Folder(pipeline, stream)))
        {
            await foreach (var line in RawBlobReader.ReadLinesAsync((await Stores.Blobs.OpenAsync(entry.Name))!))
                lines.Add(Encoding.UTF8.GetString(line));
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

internal static class Answers
{
    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    /// <summary>Checks that an answer is a whole RFC 9457 problem of a kind, and gives it.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, ProblemType type)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(type.Uri, problem.GetProperty("type").GetString());
        Assert.Equal(type.Title, problem.GetProperty("title").GetString());
        Assert.Equal(type.Status, problem.GetProperty("status").GetInt32());
        Assert.Equal(type.Status, (int)response.StatusCode);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.Equal(response.RequestMessage!.RequestUri!.AbsolutePath, problem.GetProperty("instance").GetString());
        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), problem.GetProperty("requestId").GetString());
        Assert.DoesNotContain("   at ", text);
        Assert.DoesNotContain("SECRET", text);
        return problem;
    }
}

using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Penstock.Cli.LocalHost;

namespace Penstock.Cli.Tests.LocalHost;

public class OtlpTests
{
    [Fact]
    public async Task traces_metrics_and_logs_go_to_an_otlp_endpoint()
    {
        await using Collector collector = await Collector.StartAsync();
        var stores = new RunningStores();
        stores.Pipelines.Pipeline = stores.Pipelines.Pipeline with { Name = "otlp" };
        await using (RunningHost host = await RunningHost.StartAsync(RunningHost.Options with { Otlp = collector.Url }, stores))
        {
            await host.WaitForLineAsync("otlp/numbers");
        }

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], collector.Received.Select(one => one.Path).Distinct().Order());
        Assert.All(collector.Received, one => Assert.Equal("application/x-protobuf", one.ContentType));
        string traces = collector.Text("/v1/traces");
        foreach (string text in (string[])["Penstock", "begin otlp/numbers", "plan otlp/numbers", "extract otlp/numbers", "transform otlp/numbers", "curate otlp/numbers", "service.name", "penstock.run"])
            Assert.Contains(text, traces, StringComparison.Ordinal);
        foreach (string text in (string[])["penstock.records", "penstock.run.duration", "penstock.queue.wait", "penstock.store.operations"])
            Assert.Contains(text, collector.Text("/v1/metrics"), StringComparison.Ordinal);
        Assert.Contains("Extract {Pipeline}/{Stream} run {Run}", collector.Text("/v1/logs"), StringComparison.Ordinal);
    }

    /// <summary>Takes what exporters send.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public ConcurrentQueue<(string Path, string? ContentType, byte[] Body)> Received { get; } = new();

        public Uri Url => new(_app.Urls.First());

        public static async Task<Collector> StartAsync()
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            WebApplication app = builder.Build();
            var collector = new Collector(app);
            app.MapPost("/{**path}", async (HttpRequest request) =>
            {
                var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                collector.Received.Enqueue((request.Path, request.ContentType, body.ToArray()));
                return Results.Ok();
            });
            await app.StartAsync();
            return collector;
        }

        // Protobuf holds texts as they are.
        public string Text(string path) => string.Concat(Received.Where(one => one.Path == path).Select(one => Encoding.Latin1.GetString(one.Body)));

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}

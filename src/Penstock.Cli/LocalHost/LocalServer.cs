using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Logs;
using Penstock.Azure.Telemetry;
using Penstock.Cli.LocalHost.EventHubs;
using Penstock.Cli.Tracing;
using Penstock.Http;
using Penstock.Http.Commands;
using Penstock.Http.Operate.Overview;
using Penstock.Http.Problems;
using Penstock.Pipelines;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Lineage;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.LocalHost;

/// <summary>The function app's work in one process on this machine: the HTTP API, the queues' pumps, the timers.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    // Endpoints refuse earlier, with a problem; this is only the last resort.
    private const long MaxRequestBytes = 64 * 1024 * 1024;

    private readonly WebApplication _app;
    private readonly TraceRecorder? _recorder;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    private LocalServer(WebApplication app, TraceRecorder? recorder)
    {
        (_app, _recorder) = (app, recorder);
        Url = new Uri(app.Urls.First());
        _work = Task.WhenAll(
            app.Services.GetRequiredService<QueuePump>().RunAsync(_stop.Token),
            app.Services.GetRequiredService<StageTimers>().RunAsync(_stop.Token),
            app.Services.GetRequiredService<RunLines>().RunAsync(_stop.Token));
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>The services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the host; the HTTP API first, so that a port in use is noticed before any work begins.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="print">Prints lines for people.</param>
    /// <param name="ports">What the stages stand on.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The address is in use or isn't one of this machine's.</exception>
    public static async Task<LocalServer> StartAsync(
        LocalHostOptions options, Action<string> print, HostPorts ports, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Listen(options.Address, options.Port);
        });
        // A failed start is the caller's to tell, and dead letters are lines of RunLines.
        builder.Logging.ClearProviders()
            .AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter(typeof(WorkDispatcher).FullName, LogLevel.None);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        ports.AddTo(builder.Services);
        var extract = new ExtractOptions { Instance = new CryptoIdSource().Next(), IsOnlyInstance = ports.IsExclusive };
        builder.Services.AddPenstock(extract, new ErasureOptions { Settle = TimeSpan.FromMinutes(5) }).AddPenstockHttp(operators: new OperatorOptions(options.Key is null ? "local" : "key"))
            // What a killed process worked on comes back after this time.
            .AddSingleton(new PumpOptions { Visibility = TimeSpan.FromSeconds(5) })
            .AddSingleton<QueuePump>()
            .AddSingleton<StageTimers>()
            .AddSingleton<SequenceNumbers>()
            .AddSingleton<Partitions>()
            .AddSingleton<EventHubEndpoints>()
            .AddSingleton(print)
            .AddSingleton<RunLines>()
            .AddSingleton(new LineageOptions
            {
                RawNamespace = $"file://{Path.Combine(options.Data, BlobAreas.Raw)}",
                CuratedNamespace = $"file://{Path.Combine(options.Data, "curated")}",
                Url = options.OpenLineage,
                ApiKeySecret = options.OpenLineageKey,
                KeepsBlobs = true,
            })
            .AddTelemetryExport(new TelemetryOptions { OtlpEndpoint = options.Otlp, UsesGrpc = options.OtlpUsesGrpc, Instance = extract.Instance });
        if (options.Otlp is not null)
            builder.Logging.AddFilter<OpenTelemetryLoggerProvider>("Penstock", LogLevel.Information);

        WebApplication app = builder.Build();
        try
        {
            await ports.PrepareAsync(app.Services, cancellationToken);
            app.UseProblemPages();
            new LocalGuard(options.Key).Use(app);
            app.UseRouting();
            app.MapPenstock();
            MapEventHubs(app);
            app.Services.GetRequiredService<RunLines>().Attach(app.Services.GetRequiredService<QueuePump>());
            await app.StartAsync(cancellationToken);
            _ = app.Services.GetRequiredService<OverviewReader>().ReadAheadAsync();
            return new LocalServer(app, ports.Traces is { } traces ? new TraceRecorder(traces) : null);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops gracefully: no new requests, no new messages; what is being worked on comes again at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _stop.CancelAsync();
        await _work;
        await _app.DisposeAsync();
        if (_recorder is not null)
            await _recorder.DisposeAsync();
        _stop.Dispose();
    }

    private static void MapEventHubs(IEndpointRouteBuilder app)
    {
        var hubs = app.ServiceProvider.GetRequiredService<EventHubEndpoints>();
        app.MapPost("/{hub}/messages", (HttpRequest request, string hub, CancellationToken token) => hubs.PostAsync(request, hub, token));
        app.MapPost("/{hub}/publishers/{publisher}/messages", (HttpRequest request, string hub, string publisher, CancellationToken token) => hubs.PostToPublisherAsync(request, hub, publisher, token));
        app.MapPost("/{hub}/partitions/{partition}/messages", (HttpRequest request, string hub, string partition, CancellationToken token) => hubs.PostToPartitionAsync(request, hub, partition, token));
    }
}

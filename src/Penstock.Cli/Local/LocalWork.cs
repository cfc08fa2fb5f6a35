using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Penstock.Azure.Telemetry;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Tracing;
using Penstock.Connectors.Components;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Sources;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.Local;

/// <summary>The stages on a data folder in this process, until what was asked for is done.</summary>
internal sealed class LocalWork : IAsyncDisposable
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(200);
    // Beginning a run wakes planning; this is for plans that had to wait.
    private static readonly TimeSpan PlanInterval = TimeSpan.FromSeconds(5);

    private readonly ServiceProvider _services;
    private readonly DataLock _lock;
    private readonly TimeProvider _time;
    private readonly TraceRecorder _recorder;
    private int _failures;

    private LocalWork(ServiceProvider services, DataLock held, TimeProvider time, TraceRecorder recorder) =>
        (_services, _lock, _time, _recorder) = (services, held, time, recorder);

    /// <summary>Opens a data folder; null if another process works on it.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="secrets">The file of the secrets.</param>
    /// <param name="pipeline">The pipeline to work on.</param>
    /// <param name="time">The clock.</param>
    /// <param name="parallelism">How many messages of each queue are worked on at once.</param>
    /// <param name="isVerbose">Whether logs go to standard error.</param>
    /// <param name="components">The components of one's own that the connector may name; none if null.</param>
    public static LocalWork? TryOpen(string data, string secrets, Pipeline pipeline, TimeProvider time, int parallelism, bool isVerbose, IReadOnlyList<ComponentRegistration>? components = null) =>
        TryOpen(data, secrets, new OnePipeline(pipeline), time, parallelism, isVerbose, components);

    /// <summary>Opens a data folder with all pipelines; null if another process works on it.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="secrets">The file of the secrets.</param>
    /// <param name="catalog">The pipelines.</param>
    /// <param name="time">The clock.</param>
    /// <param name="parallelism">How many messages of each queue are worked on at once.</param>
    /// <param name="isVerbose">Whether logs go to standard error.</param>
    /// <param name="components">The components of one's own that connectors may name; none if null.</param>
    public static LocalWork? TryOpen(string data, string secrets, IPipelineCatalog catalog, TimeProvider time, int parallelism, bool isVerbose, IReadOnlyList<ComponentRegistration>? components = null)
    {
        if (DataLock.TryTake(data) is not { } held)
            return null;
        ServiceProvider services = new ServiceCollection()
            .AddLocalPorts(data, secrets, catalog, time)
            .AddConnectorComponents(components ?? [])
            // Nothing else works on the folder: an erasure needn't wait for what others began.
            .AddPenstock(new ExtractOptions { Instance = $"local{time.GetUtcNow().UtcTicks:x}", IsOnlyInstance = true }, new ErasureOptions { Settle = TimeSpan.Zero })
            // A killed process's messages come back after this time.
            .AddSingleton(new PumpOptions { Visibility = TimeSpan.FromSeconds(5), Parallelism = parallelism })
            .AddSingleton<QueuePump>()
            .AddTelemetryExport(new TelemetryOptions { OtlpEndpoint = OtlpTarget.Of(null), UsesGrpc = OtlpTarget.UsesGrpc })
            .AddLogging(logging => AddLog(logging, isVerbose))
            .BuildServiceProvider();
        // Without a host, somebody must ask for them, or nothing is exported.
        services.GetService<TracerProvider>();
        services.GetService<MeterProvider>();
        return new LocalWork(services, held, time, new TraceRecorder(TraceFolder.Of(data)));
    }

    /// <summary>Gets a service.</summary>
    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Works until the runs have ended and everything they landed is curated, or nothing is left to work on.</summary>
    /// <param name="references">The runs.</param>
    /// <param name="progress">Gets how far it is, a few times a second.</param>
    /// <param name="cancellationToken">Stops the work; what is committed stays.</param>
    public async Task<RunSnapshot> RunUntilQuietAsync(IReadOnlyList<RunReference> references, Action<RunSnapshot> progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        QueuePump pump = Get<QueuePump>();
        pump.Worked = (_, outcome) => _failures += outcome is null ? 1 : 0;
        Task pumping = pump.RunAsync(stop.Token);
        Task planning = PlanAsync(stop.Token);
        try
        {
            return await WatchAsync(references, progress, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await pumping;
            await planning;
        }
    }

    /// <summary>Works on the messages of a queue until none is left; gives what became of them.</summary>
    public async Task<IReadOnlyList<WorkOutcome>> DrainAsync(string queue, CancellationToken cancellationToken)
    {
        var receiver = Get<IWorkReceiver>();
        var outcomes = new List<WorkOutcome>();
        while (await receiver.ReceiveAsync(queue, 1, TimeSpan.FromMinutes(5), cancellationToken) is [var item])
        {
            outcomes.Add(await Get<WorkDispatcher>().HandleAsync(queue, item.Body, DateTimeOffset.MaxValue, cancellationToken));
            await receiver.CompleteAsync(item, CancellationToken.None);
        }

        return outcomes;
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _recorder.DisposeAsync();
        _lock.Dispose();
    }

    private async Task<RunSnapshot> WatchAsync(IReadOnlyList<RunReference> references, Action<RunSnapshot> progress, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        bool wasIdle = false;
        while (true)
        {
            long before = Stopwatch.GetTimestamp();
            bool isIdle = await IsIdleAsync(cancellationToken);
            RunSnapshot snapshot = await SnapshotAsync(references, start, cancellationToken);
            progress(snapshot);
            // Twice idle: between two looks at the queues a message may have been on its way from one to the next.
            if (snapshot.IsDone || (snapshot.HasEnded && isIdle && wasIdle))
                return snapshot;
            wasIdle = isIdle;
            // Looking costs as much as there are slices: it takes a tenth of the time at most.
            TimeSpan cost = Stopwatch.GetElapsedTime(before) * 10;
            await Task.Delay(cost > LeastInterval ? cost : LeastInterval, _time, cancellationToken);
        }
    }

    private async Task<RunSnapshot> SnapshotAsync(IReadOnlyList<RunReference> references, long start, CancellationToken cancellationToken)
    {
        var runs = new List<RunProgress>();
        foreach (RunReference reference in references)
        {
            if ((await Get<RunBook>().FindAsync(reference.Pipeline, reference.Stream, reference.Run, cancellationToken))?.Value is { } run)
                runs.Add(new RunProgress(run, await Get<RunLedger>().CountAsync(run, cancellationToken)));
        }

        return new RunSnapshot(runs, _time.GetElapsedTime(start), _failures);
    }

    private async Task<bool> IsIdleAsync(CancellationToken cancellationToken)
    {
        var queue = Get<IWorkReceiver>();
        return await queue.CountAsync(QueueNames.Extract, cancellationToken) == 0 && await queue.CountAsync(QueueNames.Transform, cancellationToken) == 0;
    }

    private async Task PlanAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(PlanInterval, _time);
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await Get<PlanStage>().RunAsync(_time.GetUtcNow() + TimeSpan.FromMinutes(1), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }

    private static void AddLog(ILoggingBuilder logging, bool isVerbose)
    {
        if (!isVerbose)
            return;
        logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}

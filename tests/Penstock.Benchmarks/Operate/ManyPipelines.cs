using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Penstock.Http;
using Penstock.Http.Operate.Overview;
using Penstock.Http.Problems;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using StreamHistory = Penstock.Pipelines.History.StreamHistory;

namespace Penstock.Benchmarks.Operate;

/// <summary>A host with many pipelines, each stream with ten ended runs and a day of volume.</summary>
internal sealed class ManyPipelines : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);
    private readonly WebApplication _app;

    private ManyPipelines(WebApplication app, SteppedTime time) =>
        (_app, Time, Client) = (app, time, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });

    public HttpClient Client { get; }

    public SteppedTime Time { get; }

    public TimeSpan Prepared { get; private init; }

    public static async Task<ManyPipelines> StartAsync(int pipelines, int streams, string? folder, CancellationToken cancellationToken)
    {
        var time = new SteppedTime(new DateTimeOffset(2026, 1, 1, 12, 0, 30, TimeSpan.Zero));
        var ids = new RandomIdSource(new Random(1));
        var catalog = new MadeCatalog(pipelines, streams, Interval);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<TimeProvider>(time).AddSingleton<IIdSource>(ids).AddSingleton<IPipelineCatalog>(catalog).AddSingleton<IStreamOpener>(catalog)
            .AddSingleton<ISecretStore>(new MemorySecretStore()).AddSingleton<ICuratedStore>(new MemoryCuratedStore())
            .AddSingleton<IBlobStore>(folder is null ? new MemoryBlobStore(time) : new FolderBlobStore(folder, time))
            .AddSingleton<IWorkQueue>(folder is null ? new MemoryWorkQueue(time) : new FolderWorkQueue(folder, time, ids))
            .AddPenstock().AddPenstockHttp();
        WebApplication app = builder.Build();
        app.UseProblemPages();
        app.UseRouting();
        app.MapPenstock();
        long begun = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(catalog.Names, cancellationToken, async (name, token) => await WriteHistoryAsync(app, time, name, streams, token));
        TimeSpan prepared = Stopwatch.GetElapsedTime(begun);
        await app.StartAsync(cancellationToken);
        return new ManyPipelines(app, time) { Prepared = prepared };
    }

    public Task<PlanReport> PlanAsync(CancellationToken cancellationToken) =>
        _app.Services.GetRequiredService<PlanStage>().RunAsync(Time.GetUtcNow() + TimeSpan.FromMinutes(5), cancellationToken);

    /// <summary>What 'penstock up' does when it starts, and the function app when the console is opened.</summary>
    public Task ReadAheadAsync() => _app.Services.GetRequiredService<OverviewReader>().ReadAheadAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static async ValueTask WriteHistoryAsync(WebApplication app, TimeProvider time, string pipeline, int streams, CancellationToken cancellationToken)
    {
        var documents = app.Services.GetRequiredService<DocumentStore>();
        DateTimeOffset now = time.GetUtcNow();
        int offset = MadeCatalog.OffsetOf(pipeline);
        DateTimeOffset due = MadeCatalog.ScheduleOf(pipeline, Interval).LastDue(now)!.Value;
        PipelinePulse pulse = PipelinePulse.Empty;
        for (int i = 0; i < streams; i++)
        {
            string stream = MadeCatalog.StreamName(i);
            RunSummary[] runs = [.. Enumerable.Range(0, 10).Select(back => Ended(pipeline, stream, due - (back * Interval), isFailed: (offset + i + back) % 97 == 0))];
            await documents.CreateAsync(StreamHistory.NameFor(pipeline, stream), new StreamHistory(runs), cancellationToken);
            await documents.CreateAsync(
                RunNames.Stream(pipeline, stream), new StreamDocument { LastDue = due, LastRun = runs[0].Id, LastStatus = runs[0].Status, FreshUntil = due }, cancellationToken);
            StreamPulse one = runs.Reverse().Aggregate(StreamPulse.Empty, (known, run) => known.With(new RunMark(run.Id, run.Kind, run.Status, run.CreatedAt, run.EndedAt!.Value, 100)));
            pulse = pulse.With(stream, Enumerable.Range(0, 24).Aggregate(one, (known, hour) => known.With(new HourVolume(HourVolume.HourOf(now) - 23 + hour, 400, hour % 7))));
        }

        await documents.CreateAsync(PipelinePulse.NameFor(pipeline), pulse, cancellationToken);
    }

    private static RunSummary Ended(string pipeline, string stream, DateTimeOffset due, bool isFailed) =>
        new(RunBook.RunId(due), pipeline, stream, RunKind.Incremental, isFailed ? RunStatus.Failed : RunStatus.Completed, due, due.AddSeconds(20), 4)
        {
            Totals = new RunTotals { SlicesLanded = 4, Landed = 100, Calls = 6, Blobs = 4, Bytes = 9_000 },
            Error = isFailed ? "1 of 4 slices failed; the first: The source answered 500 to GET /items." : null,
        };
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Azure;
using Penstock.Cli.Workers;
using Penstock.Emulators;
using Penstock.Pipelines;
using Penstock.Pipelines.Auditing;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Simulator;

namespace Penstock.Cli.Tests.Bounce;

/// <summary>
/// Real worker processes on Azurite and the Cosmos DB emulator, killed with <c>kill -9</c> in a loop while a backfill and an
/// incremental run go on. Then: source = raw = curated as sets, counts balance, the audit is clean, the quota was kept.
/// </summary>
public sealed class BounceTests(ITestOutputHelper output) : IDisposable
{
    private const int Workers = 4;
    private const int Records = 1500;

    // Machines that build or test other things meanwhile stall for a minute now and then.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("penstock-bounce-").FullName;

    // 12 take half a minute; PENSTOCK_BOUNCE_KILLS=50 takes two or three.
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("PENSTOCK_BOUNCE_KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 12;

    [Fact]
    public async Task workers_that_are_killed_all_the_time_lose_nothing_double_nothing_and_keep_the_quota()
    {
        int seed = Environment.TickCount;
        var chance = new Random(seed);
        await using SimulatedApi api = await SimulatedApi.StartAsync(new SimulatorOptions
        {
            Seed = 7,
            // Records come by the minute; the incremental run and the backfill both read them all, window by window.
            Datasets = [new Dataset("items") { Count = Records, Start = Start, Spacing = TimeSpan.FromMinutes(1), Ties = 1, PageSize = 10, Paging = PagingStyle.Offset }],
            Quotas = [new Quota.MovingWindow(QuotaFor(Kills) * 10, TimeSpan.FromSeconds(10))],
            LogSize = 100_000,
        });
        WritePipeline(api.BaseAddress, QuotaFor(Kills) * 10);
        await using EmulatorProcesses emulators = await EmulatorProcesses.StartAsync(new EmulatorOptions());
        var options = new AzureOptions { StorageEmulator = emulators.StorageConnectionString, CosmosEmulator = emulators.CosmosConnectionString };
        await using ServiceProvider services = Worker.PortsOf(options, Path.Combine(_folder, "pipelines"), Path.Combine(_folder, "secrets.json"), TimeProvider.System)
            .AddPenstock().BuildServiceProvider();
        await services.GetRequiredService<AzureResources>().EnsureAsync(CancellationToken.None);
        await StartRunsAsync(services);

        var errors = new ConcurrentQueue<string>();
        WorkerProcess Begin() => WorkerProcess.Start(_folder, emulators.StorageConnectionString!, emulators.CosmosConnectionString!, errors.Enqueue);
        WorkerProcess[] workers = [.. Enumerable.Range(0, Workers).Select(_ => Begin())];
        int killed = 0;
        int backfills = 1;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            await Task.WhenAll(workers.Select(worker => worker.Working)).WaitAsync(s_patience);
            while (killed < Kills)
            {
                await Task.Delay(chance.Next(100, 900));
                int victim = chance.Next(Workers);
                // Killed at its work, not before it has begun: the machine may be slow.
                await workers[victim].Working.WaitAsync(s_patience);
                // Nor when all is done: where workers are slow to begin, the work ends before the last kill, and there is more of it then.
                if (await IsQuietAsync(services))
                    await BackfillAsync(services, backfills++);
                killed += await workers[victim].KillAsync() ? 1 : 0;
                workers[victim].Dispose();
                workers[victim] = Begin();
            }

            await WaitUntilQuietAsync(services, workers);
        }
        finally
        {
            foreach (WorkerProcess worker in workers)
                worker.Dispose();
        }

        SimulatorStatistics statistics = api.Statistics;
        string said = $"{watch.Elapsed.TotalSeconds:0} s, seed {seed}: {killed} kills, {1 + backfills} runs, {statistics.Calls} calls, {statistics.Throttled} throttled, {errors.Count} errors: {string.Join(" | ", errors.TakeLast(2).Select(error => error[..Math.Min(error.Length, 300)]))}";
        output.WriteLine(said);
        Console.Error.WriteLine(said);
        string[] source = [.. api.AllIds("items").Select(id => id.ToString()).Order(StringComparer.Ordinal)];
        Assert.Equal(Records, source.Length);
        Assert.Equal(source, await RawIdsAsync(services));
        Assert.Equal(source, await CuratedIdsAsync(services));
        AuditReport audit = await services.GetRequiredService<ConsistencyAudit>().RunAsync(new AuditOptions { Deep = true, Grace = TimeSpan.Zero });
        Assert.True(audit.IsClean, string.Join('\n', audit.Findings.Take(5)));
        Assert.Equal(1 + backfills, audit.Checked.Runs);
        Assert.Equal((1 + backfills) * Records, audit.Checked.Records);
        // On a machine that stalls, a call may reach the source later than the budget could think.
        Assert.True(statistics.Throttled <= statistics.Calls / 50, said);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // The work must outlast the kills, on machines of any speed: it is the quota that makes it long.
    private static int QuotaFor(int kills) => Math.Max(3, 300 / (kills + 8));

    private static async Task StartRunsAsync(ServiceProvider services)
    {
        var operate = services.GetRequiredService<OperateStage>();
        await operate.RunAsync(new RunNow("shop", []));
        await BackfillAsync(services, 0);
    }

    private static async Task BackfillAsync(ServiceProvider services, int number) =>
        await services.GetRequiredService<OperateStage>().RunAsync(new StartBackfill("shop", [], Start, Start.AddMinutes(Records + 1), $"bounce{number}"));

    private static async Task<bool> IsQuietAsync(ServiceProvider services)
    {
        var queue = services.GetRequiredService<IWorkReceiver>();
        if (await queue.CountAsync(QueueNames.Extract) > 0 || await queue.CountAsync(QueueNames.Transform) > 0)
            return false;
        await foreach (OpenRunMarker _ in services.GetRequiredService<RunBook>().ListOpenAsync())
            return false;
        return true;
    }

    private static async Task WaitUntilQuietAsync(ServiceProvider services, WorkerProcess[] workers)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        for (int quiet = 0; quiet < 2; quiet = await IsQuietAsync(services) ? quiet + 1 : 0)
        {
            Assert.True(workers.Any(worker => worker.IsAlive), "Every worker has ended by itself.");
            await Task.Delay(500, giveUp.Token);
        }
    }

    private static async Task<string[]> RawIdsAsync(ServiceProvider services)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        var documents = services.GetRequiredService<RunLedger>();
        await foreach (Run run in documents.ListAsync("shop", "items"))
        {
            foreach (LandedBlob blob in await BlobsAsync(services, run))
            {
                await foreach (var line in RawBlobReader.ReadLinesAsync((await services.GetRequiredService<IBlobStore>().OpenAsync(blob.Name))!))
                    ids.Add(IdIn(line));
            }
        }

        return [.. ids];
    }

    private static async Task<List<LandedBlob>> BlobsAsync(ServiceProvider services, Run run)
    {
        var blobs = new List<LandedBlob>();
        await foreach (BlobEntry entry in services.GetRequiredService<IBlobStore>().ListAsync($"{RunNames.Folder(run.Pipeline, run.Stream, run.Id)}slice-"))
            blobs.AddRange((await services.GetRequiredService<Penstock.Pipelines.Documents.DocumentStore>().FindAsync<SliceDocument>(entry.Name))!.Value.Blobs);
        return blobs;
    }

    private static async Task<string[]> CuratedIdsAsync(ServiceProvider services)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (CuratedRecord record in services.GetRequiredService<ICuratedStore>().ReadAsync(new CuratedTable("shop", "items")))
            Assert.True(ids.Add(IdIn(new System.Buffers.ReadOnlySequence<byte>(record.Json))), "A record is curated twice.");
        return [.. ids];
    }

    private static string IdIn(System.Buffers.ReadOnlySequence<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("id").GetString()!;
    }

    private void WritePipeline(Uri api, int quota)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "pipelines", "shop")).FullName;
        File.WriteAllText(Path.Combine(folder, "pipeline.yaml"), $$"""
            pipeline: shop
            connector: connector.yaml
            private_hosts: [127.0.0.1]
            budget: { limits: [{ calls: {{quota}}, per: PT10S }] }
            streams:
              - { stream: items, key: [id] }
            """);
        File.WriteAllText(Path.Combine(folder, "connector.yaml"), $$$"""
            version: 6.48.0
            type: DeclarativeSource
            check: { type: CheckStream, stream_names: [items] }
            streams:
              - type: DeclarativeStream
                name: items
                primary_key: id
                retriever:
                  type: SimpleRetriever
                  requester: { type: HttpRequester, url_base: "{{{api}}}", path: items }
                  paginator:
                    type: DefaultPaginator
                    page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }
                    page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: offset }
                    pagination_strategy: { type: OffsetIncrement, page_size: 10 }
                  record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
                incremental_sync:
                  type: DatetimeBasedCursor
                  cursor_field: updated_at
                  datetime_format: "%Y-%m-%dT%H:%M:%SZ"
                  cursor_granularity: PT1S
                  start_datetime: "2026-01-01T00:00:00Z"
                  end_datetime: "{{{Start.AddMinutes(Records + 1).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}}"
                  step: PT1H
                  start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: since }
                  end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: until }
            """);
    }
}

using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Folders;
using Penstock.Pipelines.Folders.Curated;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;
using Penstock.Pipelines.Stages;

namespace Penstock.Benchmarks.Transform;

/// <summary>Measures Transform: raw blobs in a folder to curated files in a folder, everything in one process.</summary>
internal static class TransformCommand
{
    // What is compiled in a worker's first seconds isn't what Transform costs.
    private const int WarmUpRecords = 100_000;

    public static Command Create()
    {
        var records = new Option<int>("--records") { Description = "How many records.", DefaultValueFactory = _ => 1_000_000 };
        var keys = new Option<int>("--keys") { Description = "How many different keys.", DefaultValueFactory = _ => 400_000 };
        var perBlob = new Option<int>("--per-blob") { Description = "Records in a raw blob.", DefaultValueFactory = _ => 20_000 };
        var history = new Option<string>("--history") { Description = "latest, append or scd2.", DefaultValueFactory = _ => "scd2" };
        var noContract = new Option<bool>("--no-contract") { Description = "Without a contract." };
        var noMask = new Option<bool>("--no-mask") { Description = "Without masking." };
        var command = new Command("transform", "Measures Transform with contract, masking and history on, from raw blobs in a folder to curated files in a folder.")
        {
            records, keys, perBlob, history, noContract, noMask,
        };
        command.SetAction(parsed => RunAsync(
            parsed.GetValue(records), parsed.GetValue(keys), parsed.GetValue(perBlob), parsed.GetValue(history)!,
            !parsed.GetValue(noContract), !parsed.GetValue(noMask)));
        return command;
    }

    private static async Task<int> RunAsync(int records, int keys, int perBlob, string history, bool hasContract, bool masks)
    {
        string folder = Directory.CreateTempSubdirectory("penstock-bench-").FullName;
        try
        {
            foreach (string pipeline in new[] { "warmup", "bench" })
                BenchPipeline.Write(Path.Combine(folder, "pipelines"), pipeline, history, hasContract, masks);
            var stores = new FolderStores(Path.Combine(folder, "data"), TimeProvider.System, new CryptoIdSource());
            await using ServiceProvider services = Services(folder, stores);
            var store = services.GetRequiredService<IBlobStore>();
            (List<string> first, _) = await RawData.LandAsync(store, "warmup", WarmUpRecords, keys, perBlob);
            (List<string> blobs, long bytes) = await RawData.LandAsync(store, "bench", records, keys, perBlob);
            Console.WriteLine($"{records:N0} records of {bytes / records} bytes in {blobs.Count} blobs, {keys:N0} keys; history {history}, contract {(hasContract ? "on" : "off")}, masking {(masks ? "on" : "off")}");
            await TransformAsync(services, "warmup", first);
            await stores.Curated.SettleAsync();
            await MeasureAsync(services, stores.Curated, blobs, records, bytes);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(ServiceProvider services, FolderCuratedStore store, List<string> blobs, int records, long bytes)
    {
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp(), allocated = GC.GetTotalAllocatedBytes();
        TimeSpan paused = GC.GetTotalPauseDuration();
        int[] collections = [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];
        (long curated, long quarantined, long heap) = await TransformAsync(services, "bench", blobs);
        TimeSpan transformed = Stopwatch.GetElapsedTime(start);
        await store.SettleAsync();
        process.Refresh();
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        paused = GC.GetTotalPauseDuration() - paused;
        string collected = string.Join('/', collections.Select((count, generation) => GC.CollectionCount(generation) - count));
        TimeSpan cpu = process.TotalProcessorTime - before;
        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        int rows = 0;
        await foreach (CuratedRecord _ in store.ReadAsync(new CuratedTable("bench", "customers")))
            rows++;
        Console.WriteLine($"curated {curated:N0}, quarantined {quarantined:N0}, rows {rows:N0}; transformed in {transformed.TotalSeconds:F1} s, curated files up to date in {wall.TotalSeconds:F1} s");
        Console.WriteLine($"CPU {cpu.TotalSeconds:F1} s: {records / cpu.TotalSeconds:N0} records/s per core, {bytes / cpu.TotalSeconds / 1e6:F0} MB/s per core; {records / wall.TotalSeconds:N0} records/s of wall time");
        Console.WriteLine($"peak memory {process.PeakWorkingSet64 / 1e6:F0} MB, peak heap {heap / 1e6:F0} MB, {allocated / records} bytes allocated a record, {collected} collections in {paused.TotalSeconds:F1} s");
    }

    private static async Task<(long Curated, long Quarantined, long Heap)> TransformAsync(ServiceProvider services, string pipeline, List<string> blobs)
    {
        var stage = services.GetRequiredService<TransformStage>();
        long curated = 0, quarantined = 0, heap = 0;
        foreach (string blob in blobs)
        {
            if (await stage.RunAsync(new TransformMessage(pipeline, "customers", blob)) is not BlobCurated done)
                throw new InvalidOperationException($"{blob} wasn't curated.");
            curated += done.Entry.Curated;
            quarantined += done.Entry.Quarantined;
            heap = Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false));
        }

        return (curated, quarantined, heap);
    }

    private static ServiceProvider Services(string folder, FolderStores stores)
    {
        var secrets = new MemorySecretStore();
        secrets.Set("mask-key", "a masking key of no importance");
        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IIdSource>(new CryptoIdSource())
            .AddSingleton<IPipelineCatalog>(new FolderPipelineCatalog(Path.Combine(folder, "pipelines")))
            .AddSingleton<IBlobStore>(stores.Blobs)
            .AddSingleton<IWorkQueue>(stores.Queue)
            .AddSingleton<ICuratedStore>(_ => stores.Curated)
            .AddSingleton<ISecretStore>(secrets)
            .AddConnectors()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPenstock()
            .BuildServiceProvider();
    }
}

using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Penstock.Pipelines;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Watching.Notices;

namespace Penstock.Testing.World;

/// <summary>The real stages on memory stores and a manual clock; messages are worked on one after the other.</summary>
public sealed class PenstockWorld
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(5);
    private readonly ServiceProvider _services;

    public PenstockWorld(ScriptedStream? stream = null, ExtractOptions? extract = null, Func<string, bool>? crash = null, Action<IServiceCollection>? services = null)
    {
        Stream = stream ?? new ScriptedStream();
        Pipelines = new ScriptedPipelines(Stream);
        Faults = new Faults(crash ?? (_ => false)) { StaysDead = true };
        var collection = new ServiceCollection();
        services?.Invoke(collection);
        collection.TryAddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        _services = collection
            .AddSingleton<IPipelineCatalog>(Pipelines)
            .AddSingleton<IStreamOpener>(Pipelines)
            .AddSingleton<IBlobStore>(new FaultyBlobStore(Stores.Blobs, Faults))
            .AddSingleton<IWorkQueue>(new FaultyWorkQueue(Stores.Queue, Faults))
            .AddSingleton<ICuratedStore>(new FaultyCuratedStore(Stores.Curated, Faults))
            .AddSingleton<ISecretStore>(Stores.Secrets)
            .AddSingleton<IIdSource>(Stores.Ids)
            .AddSingleton<TimeProvider>(Stores.Time)
            .AddSingleton<INoticeChannel>(Notices)
            .AddPenstock(extract)
            .BuildServiceProvider();
    }

    public MemoryStores Stores { get; } = new();

    public ScriptedStream Stream { get; }

    public ScriptedPipelines Pipelines { get; }

    public Faults Faults { get; }

    public ManualTimeProvider Time => Stores.Time;

    /// <summary>What was told of alerts.</summary>
    public RecordingNotices Notices { get; } = new();

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Plans as the timer would; a crash is as if the worker had died.</summary>
    /// <returns>Whether it came to its end.</returns>
    public async Task<bool> PlanAsync()
    {
        int crashes = Faults.Crashes;
        try
        {
            PlanReport report = await Get<PlanStage>().RunAsync(Deadline);
            return report.Failures == 0 && crashes == Faults.Crashes;
        }
        catch (CrashException)
        {
            return false; // The next tick plans again.
        }
        finally
        {
            Faults.Restart();
        }
    }

    /// <summary>Works on messages until none is left, planning each minute; gives how many messages were worked on.</summary>
    public async Task<int> RunUntilQuietAsync(int maxMinutes = 240)
    {
        int worked = 0;
        for (int minute = 0; minute < maxMinutes; minute++)
        {
            bool isPlanned = await PlanAsync();
            int now = await WorkAsync();
            if (isPlanned && now == 0 && await IsQuietAsync())
                return worked;
            worked += now;
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        throw new TimeoutException($"There is still work after {maxMinutes} simulated minutes.");
    }

    /// <summary>Works on what is visible now.</summary>
    public async Task<int> WorkAsync()
    {
        int worked = 0;
        bool found = true;
        while (found)
        {
            found = false;
            foreach (string queue in QueueNames.All)
            {
                if (await Stores.Queue.ReceiveAsync(queue, 1, Visibility) is not [var item])
                    continue;
                (found, worked) = (true, worked + 1);
                await WorkAsync(item);
            }
        }

        return worked;
    }

    /// <summary>Works on one message of each queue, if one is visible.</summary>
    public async Task WorkOneAsync()
    {
        foreach (string queue in QueueNames.All)
        {
            if (await Stores.Queue.ReceiveAsync(queue, 1, Visibility) is [var item])
                await WorkAsync(item);
        }
    }

    /// <summary>The curated output as text, a line a record, in order of keys.</summary>
    public async Task<string> CuratedAsync(string stream = "numbers")
    {
        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (CuratedRecord record in Stores.Curated.ReadAsync(new CuratedTable("sample", stream)))
            lines.Add(record.Key, Encoding.UTF8.GetString(record.Json.Span));
        return string.Join('\n', lines.Values);
    }

    private DateTimeOffset Deadline => Time.GetUtcNow() + TimeSpan.FromMinutes(5);

    private async Task WorkAsync(WorkItem item)
    {
        try
        {
            await Get<WorkDispatcher>().HandleAsync(item.Queue, item.Body, Deadline);
            await Stores.Queue.CompleteAsync(item);
        }
        catch (CrashException)
        {
            // The message becomes visible again when its time is over, as after kill -9.
            Faults.Restart();
        }
    }

    private async Task<bool> IsQuietAsync()
    {
        foreach (string queue in QueueNames.All)
        {
            if (await Stores.Queue.CountAsync(queue) > 0)
                return false;
        }

        await foreach (BlobEntry _ in Stores.Blobs.ListAsync(Penstock.Pipelines.Runs.RunNames.OpenRuns))
            return false;
        return true;
    }
}

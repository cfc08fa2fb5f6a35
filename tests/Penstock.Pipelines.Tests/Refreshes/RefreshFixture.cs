using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Refreshes;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Refreshes;

/// <summary>A stream of twenty records that is read whole, whose runs begin when a test says so.</summary>
public abstract class RefreshFixture
{
    protected static readonly StreamDeletes Missing = new(Missing: true);

    protected static PipelineStream Stream(StreamDeletes? deletes) => new() { Name = "numbers", Key = ["id"], Version = "updated", Deletes = deletes };

    protected static PenstockWorld World(PipelineStream stream)
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20, ReadsWhole = true });
        Use(world, stream);
        return world;
    }

    // No schedule: a run is begun when the test says so.
    protected static void Use(PenstockWorld world, PipelineStream stream) => world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null, Streams = [stream] };

    protected static async Task RunAsync(PenstockWorld world)
    {
        await BeginAsync(world);
        await world.RunUntilQuietAsync();
    }

    protected static async Task BeginAsync(PenstockWorld world)
    {
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.Get<RunBook>().BeginIncrementalAsync("sample", "numbers", world.Time.GetUtcNow());
    }

    protected static async Task<Run> LastRunAsync(PenstockWorld world)
    {
        var runs = new List<Run>();
        await foreach (Run run in world.Get<RunLedger>().ListAsync("sample", "numbers"))
            runs.Add(run);
        return runs[^1];
    }

    protected static CuratedTable Table(PenstockWorld world) => Penstock.Pipelines.Transforming.CuratedTables.Of(world.Pipelines.Pipeline, world.Pipelines.Pipeline.Streams[0])[0];

    protected static async Task<List<string>> KeysAsync(PenstockWorld world)
    {
        var keys = new List<string>();
        await foreach (CuratedRecord record in world.Stores.Curated.ReadAsync(Table(world)))
            keys.Add(record.Key);
        return [.. keys.Distinct()];
    }

    protected static async Task<List<string>> RowsAsync(PenstockWorld world)
    {
        var rows = new List<string>();
        await foreach (CuratedRecord record in world.Stores.Curated.ReadAsync(Table(world)))
            rows.Add(Encoding.UTF8.GetString(record.Json.Span));
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    protected static async Task<List<TransformEntry>> EntriesAsync(PenstockWorld world)
    {
        var entries = new List<TransformEntry>();
        await foreach (BlobEntry blob in world.Stores.Blobs.ListAsync(RawNames.Folder("sample", "numbers")))
        {
            if (await world.Get<Penstock.Pipelines.Documents.DocumentStore>().FindAsync<TransformEntry>(TransformEntry.NameFor(blob.Name)) is { } entry)
                entries.Add(entry.Value);
        }

        return entries;
    }
}

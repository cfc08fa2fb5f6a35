using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Contracts.Reading;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Yaml;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Refreshes;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Refreshes;

/// <summary>Deletions by full-refresh difference, from the runs to what is curated.</summary>
public class RefreshTests
{
    private static readonly StreamDeletes Missing = new(Missing: true);

    [Fact]
    public async Task a_record_that_a_complete_run_does_not_bring_any_more_is_deleted()
    {
        var world = World(Stream(Missing));
        await RunAsync(world);
        Assert.Equal(20, (await KeysAsync(world)).Count);
        world.Stream.Gone.UnionWith([3, 17]);
        await RunAsync(world);
        Assert.Equal(18, (await KeysAsync(world)).Count);
        Assert.DoesNotContain("3", await KeysAsync(world));
        Assert.Equal(2, (await LastRunAsync(world)).Refresh!.Gone);
        TransformEntry entry = (await EntriesAsync(world)).Single(one => GoneBlob.Is(one.Blob));
        Assert.Equal((2, 2, 0, 0), (entry.Read, entry.Curated, entry.Quarantined, entry.Filtered));
    }

    [Fact]
    public async Task without_the_choice_it_stays()
    {
        var world = World(Stream(null));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        Assert.Equal(20, (await KeysAsync(world)).Count);
    }

    [Fact]
    public async Task a_record_that_comes_back_is_there_again_though_its_version_is_the_old_one()
    {
        var world = World(Stream(Missing));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        world.Stream.Gone.Clear();
        await RunAsync(world);
        Assert.Contains("3", await KeysAsync(world));
    }

    [Fact]
    public async Task a_history_closes_the_row_when_the_run_began_that_missed_it()
    {
        var world = World(Stream(Missing) with { History = new(HistoryMode.Scd2) });
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        DateTimeOffset missedAt = (await LastRunAsync(world)).CreatedAt;
        string row = (await RowsAsync(world)).Single(text => text.StartsWith("""{"id":"3","updated":3,""", StringComparison.Ordinal));
        Assert.Contains($"\"valid_to\":\"{missedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)}", row, StringComparison.Ordinal);
        Assert.EndsWith("\"is_current\":false}", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_flagged_deletion_leaves_the_last_row()
    {
        var world = World(Stream(Missing with { Flags = true }));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        Assert.Equal("""{"id":"3","updated":3,"name":"record 3","is_deleted":true}""", (await RowsAsync(world)).Single(row => row.Contains("true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task a_run_of_which_a_slice_failed_deletes_nothing_and_the_next_complete_one_makes_up_for_it()
    {
        var world = World(Stream(Missing));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        world.Stream.Interruption = (slice, _) => slice.Window!.Start == "10" ? new ReadFailed(new SourceError(SourceErrorKind.Config, "broken")) : null;
        await RunAsync(world);
        Assert.Equal(RunStatus.Failed, (await LastRunAsync(world)).Status);
        Assert.Equal(20, (await KeysAsync(world)).Count);
        world.Stream.Interruption = (_, _) => null;
        world.Stream.Gone.Add(4);
        await RunAsync(world);
        Assert.Equal(18, (await KeysAsync(world)).Count);
    }

    [Theory]
    [InlineData(false, 20)]
    [InlineData(true, 0)]
    public async Task a_run_that_read_nothing_deletes_nothing_unless_the_source_may_be_empty(bool allowsEmpty, int left)
    {
        var world = World(Stream(Missing with { AllowsEmpty = allowsEmpty }));
        await RunAsync(world);
        world.Stream.Gone.UnionWith(Enumerable.Range(0, 20));
        await RunAsync(world);
        Assert.Equal(left, (await KeysAsync(world)).Count);
        Assert.Equal(!allowsEmpty, (await LastRunAsync(world)).Refresh!.Reason is not null);
    }

    [Fact]
    public async Task a_record_that_cannot_be_told_keeps_all_others_from_being_deleted()
    {
        var world = World(Stream(Missing));
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        world.Stream.Text = n => n == 5 ? """{"name":"no key"}""" : $$"""{"id":"{{n}}","updated":{{n}},"name":"record {{n}}"}""";
        await RunAsync(world);
        Assert.Equal(20, (await KeysAsync(world)).Count);
        Assert.Contains("1 records of the run", (await LastRunAsync(world)).Refresh!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_record_that_breaks_its_contract_is_not_gone()
    {
        var world = World(Stream(Missing) with { Contract = Contract() });
        await RunAsync(world);
        world.Stream.Text = n => $$"""{"id":"{{n}}","updated":{{n}},"name":{{(n == 5 ? "5" : $"\"record {n}\"")}}}""";
        await RunAsync(world);
        Assert.Equal(20, (await KeysAsync(world)).Count);
    }

    [Fact]
    public async Task a_stream_that_reads_only_what_is_new_deletes_nothing_and_says_why()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20 });
        Use(world, Stream(Missing));
        await RunAsync(world);
        Assert.Contains("'updated'", (await LastRunAsync(world)).Refresh!.Reason, StringComparison.Ordinal);
        Assert.Equal(20, (await KeysAsync(world)).Count);
    }

    [Fact]
    public async Task a_hashed_key_is_found_gone_as_well()
    {
        var world = World(Stream(Missing) with { Mask = new([new PathMask("id", new HashValue()), new PathMask("name", new RedactValue())], MaskKeyVersions.Default) });
        world.Stores.Secrets.Set("mask-key", "a key that nobody can guess");
        await RunAsync(world);
        world.Stream.Gone.Add(3);
        await RunAsync(world);
        Assert.Equal(19, (await KeysAsync(world)).Count);
        Assert.All(await KeysAsync(world), key => Assert.StartsWith("h1.", key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HistoryMode.Latest, false, 1)]
    [InlineData(HistoryMode.Latest, true, 2)]
    [InlineData(HistoryMode.Append, false, 3)]
    [InlineData(HistoryMode.Scd2, false, 4)]
    [InlineData(HistoryMode.Scd2, false, 5)]
    public async Task whatever_comes_and_goes_the_table_is_the_source_of_the_last_complete_run_and_replay_gives_the_same(HistoryMode history, bool flags, int seed)
    {
        var chance = new Random(seed);
        var world = World(Stream(Missing with { Flags = flags }) with { History = new(history) });
        var version = new int[20];
        world.Stream.Text = n => $$"""{"id":"{{n}}","updated":{{version[n]}},"name":"record {{n}}"}""";
        HashSet<int> there = [];
        for (int run = 0; run < 8; run++)
        {
            world.Stream.Gone.Clear();
            world.Stream.Gone.UnionWith(Enumerable.Range(0, 20).Where(_ => chance.Next(3) == 0));
            for (int n = 0; n < version.Length; n++)
                version[n] += chance.Next(2);
            bool fails = chance.Next(4) == 0;
            world.Stream.Interruption = (slice, _) => fails && slice.Window!.Start == "10" ? new ReadFailed(new SourceError(SourceErrorKind.Config, "broken")) : null;
            await RunAsync(world);
            if (!fails)
                there = [.. Enumerable.Range(0, 20).Except(world.Stream.Gone)];
            else
                there.UnionWith(Enumerable.Range(0, 10).Except(world.Stream.Gone));
        }

        Assert.All(await EntriesAsync(world), entry => Assert.True(entry.Balances));
        List<string> live = await RowsAsync(world);
        IEnumerable<string> open = history switch
        {
            HistoryMode.Scd2 => live.Where(row => row.EndsWith("\"is_current\":true}", StringComparison.Ordinal)),
            HistoryMode.Latest when flags => live.Where(row => row.EndsWith("\"is_deleted\":false}", StringComparison.Ordinal)),
            _ => live,
        };
        if (history != HistoryMode.Append)
            Assert.Equal(there.Select(n => $"{n}").Order(StringComparer.Ordinal), open.Select(row => row.Split('"')[3]).Order(StringComparer.Ordinal));

        // Everything once more, from raw alone.
        await world.Stores.Curated.DeleteAsync(Table(world), await KeysAsync(world));
        await world.Get<ReplayBook>().StartAsync(new ReplayFilter("sample", ["numbers"]), null);
        await world.WorkAsync();
        Assert.Equal(live, await RowsAsync(world));
    }

    [Fact]
    public async Task more_keys_than_memory_holds_are_compared_pass_by_pass_and_what_is_done_is_not_done_again()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20, ReadsWhole = true }, services: services => services.AddSingleton(new RefreshOptions(KeysAtOnce: 6)));
        Use(world, Stream(Missing));
        await RunAsync(world);
        world.Stream.Gone.UnionWith(Enumerable.Range(0, 20).Where(n => n % 2 == 0));
        await BeginAsync(world);
        var progress = new List<RefreshProgress>();
        for (int minute = 0; minute < 10; minute++)
        {
            await world.PlanAsync();
            await world.WorkAsync();
            world.Time.Advance(TimeSpan.FromMinutes(1));
            if ((await LastRunAsync(world)).Comparison is { } now && progress.LastOrDefault() != now)
                progress.Add(now);
        }

        Run last = await LastRunAsync(world);
        // Ten records, six keys at once: two passes.
        Assert.Equal((RunStatus.Completed, 10), (last.Status, last.Refresh!.Gone));
        Assert.Equal((2, 1), (Assert.Single(progress).Passes, progress[0].Done));
        Assert.Equal(10, (await KeysAsync(world)).Count);
        TransformEntry[] gone = [.. (await EntriesAsync(world)).Where(one => GoneBlob.Is(one.Blob))];
        Assert.Equal((2, 10L, progress[0].Gone), (gone.Length, gone.Sum(one => one.Read), gone.Single(one => one.Blob == GoneBlob.NameFor(last)).Read));
    }

    [Theory]
    [InlineData(4_000_000)]
    [InlineData(6)]
    public async Task a_worker_may_die_at_any_call_and_the_same_is_deleted_once(int keysAtOnce)
    {
        for (int crash = 0; ; crash++)
        {
            int calls = 0;
            bool isOn = false;
            var world = new PenstockWorld(
                new ScriptedStream { Count = 20, ReadsWhole = true }, crash: _ => isOn && calls++ == crash, services: services => services.AddSingleton(new RefreshOptions(keysAtOnce)));
            Use(world, Stream(Missing) with { History = new(HistoryMode.Scd2) });
            await RunAsync(world);
            world.Stream.Gone.UnionWith([3, 17]);
            await BeginAsync(world);
            isOn = true;
            await world.RunUntilQuietAsync();
            isOn = false;
            Assert.Equal(18, (await RowsAsync(world)).Count(row => row.EndsWith("\"is_current\":true}", StringComparison.Ordinal)));
            Assert.Equal(20, (await RowsAsync(world)).Count);
            if (calls <= crash)
                return;
        }
    }

    private static Contract Contract()
    {
        var problems = new List<DefinitionProblem>();
        Contract? contract = ContractFile.Read(
            "{apiVersion: v3.1.0, kind: DataContract, id: numbers, version: 1.0.0, status: active, schema: [{name: numbers, properties: [{name: id, logicalType: string}, {name: name, logicalType: string}]}]}",
            "numbers", new Problems("c.yaml", problems));
        Assert.Empty(problems);
        return contract!;
    }

    private static PipelineStream Stream(StreamDeletes? deletes) => new() { Name = "numbers", Key = ["id"], Version = "updated", Deletes = deletes };

    private static PenstockWorld World(PipelineStream stream)
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 20, ReadsWhole = true });
        Use(world, stream);
        return world;
    }

    // No schedule: a run is begun when the test says so.
    private static void Use(PenstockWorld world, PipelineStream stream) => world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null, Streams = [stream] };

    private static async Task RunAsync(PenstockWorld world)
    {
        await BeginAsync(world);
        await world.RunUntilQuietAsync();
    }

    private static async Task BeginAsync(PenstockWorld world)
    {
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.Get<RunBook>().BeginIncrementalAsync("sample", "numbers", world.Time.GetUtcNow());
    }

    private static async Task<Run> LastRunAsync(PenstockWorld world)
    {
        var runs = new List<Run>();
        await foreach (Run run in world.Get<RunLedger>().ListAsync("sample", "numbers"))
            runs.Add(run);
        return runs[^1];
    }

    private static CuratedTable Table(PenstockWorld world) => Penstock.Pipelines.Transforming.CuratedTables.Of(world.Pipelines.Pipeline, world.Pipelines.Pipeline.Streams[0])[0];

    private static async Task<List<string>> KeysAsync(PenstockWorld world)
    {
        var keys = new List<string>();
        await foreach (CuratedRecord record in world.Stores.Curated.ReadAsync(Table(world)))
            keys.Add(record.Key);
        return [.. keys.Distinct()];
    }

    private static async Task<List<string>> RowsAsync(PenstockWorld world)
    {
        var rows = new List<string>();
        await foreach (CuratedRecord record in world.Stores.Curated.ReadAsync(Table(world)))
            rows.Add(Encoding.UTF8.GetString(record.Json.Span));
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<TransformEntry>> EntriesAsync(PenstockWorld world)
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

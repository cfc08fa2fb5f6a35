using Microsoft.Extensions.DependencyInjection;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Masking;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Refreshes;
using Penstock.Pipelines.Replays;
using Penstock.Pipelines.Runs;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Refreshes;

/// <summary>A comparison may be cut into passes, and end at any call: what is deleted is the same, and raw tells it.</summary>
public class RefreshCrashTests : RefreshFixture
{
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
}

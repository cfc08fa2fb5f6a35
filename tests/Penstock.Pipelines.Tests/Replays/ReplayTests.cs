using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Replays;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Replays;

public class ReplayTests
{
    private static readonly ReplayFilter All = new("sample", ["numbers"]);

    private static async Task<PenstockWorld> LandedAsync(int records = 200, Func<string, bool>? crash = null)
    {
        var world = new PenstockWorld(new ScriptedStream { Count = records, WindowSize = 1 }, crash: crash);
        await world.RunUntilQuietAsync();
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null };
        return world;
    }

    private static async Task<Replay> EndAsync(PenstockWorld world, ReplayFilter what)
    {
        Replay replay = (await world.Get<ReplayBook>().StartAsync(what, null))!;
        await world.RunUntilQuietAsync();
        return (await world.Get<ReplayBook>().FindAsync(replay.Id))!;
    }

    private static async Task ForgetCuratedAsync(PenstockWorld world)
    {
        var table = new CuratedTable("sample", "numbers");
        var keys = new List<string>();
        await foreach (CuratedRecord record in world.Stores.Curated.ReadAsync(table))
            keys.Add(record.Key);
        await world.Stores.Curated.DeleteAsync(table, keys);
    }

    [Fact]
    public async Task curated_is_a_function_of_raw_what_was_lost_is_there_again()
    {
        PenstockWorld world = await LandedAsync();
        string before = await world.CuratedAsync();
        await ForgetCuratedAsync(world);
        Assert.Equal("", await world.CuratedAsync());
        Replay replay = await EndAsync(world, All);
        Assert.Equal(before, await world.CuratedAsync());
        Assert.Equal((ReplayStatus.Completed, 200, 200, 200L, 0), (replay.Status, replay.Blobs, replay.Counts.Blobs, replay.Counts.Curated, replay.Counts.Refused));
        Assert.NotNull(replay.EndedAt);
    }

    [Fact]
    public async Task only_two_batches_are_in_the_queue_at_once()
    {
        PenstockWorld world = await LandedAsync();
        await world.Get<ReplayBook>().StartAsync(All, null);
        Assert.Equal(2 * new ReplayOptions().BlobsPerBatch, await world.Stores.Queue.CountAsync(QueueNames.Transform));
    }

    [Fact]
    public async Task nothing_is_forgotten_wherever_the_worker_dies()
    {
        for (int n = 0; n < 120; n += 5)
        {
            bool isArmed = false;
            int from = 0;
            PenstockWorld world = await LandedAsync(70, where => isArmed && where.StartsWith($"after {from + n} "));
            await ForgetCuratedAsync(world);
            (isArmed, from) = (true, world.Faults.Calls);
            try
            {
                await world.Get<ReplayBook>().StartAsync(All, "once");
            }
            catch (CrashException)
            {
                world.Faults.Restart();
                await world.Get<ReplayBook>().StartAsync(All, "once");
            }

            await world.RunUntilQuietAsync();
            Replay replay = (await world.Get<ReplayBook>().StartAsync(All, "once"))!;
            Assert.Equal((ReplayStatus.Completed, 70), (replay.Status, replay.Counts.Blobs));
            Assert.Equal(70, (await world.CuratedAsync()).Split('\n').Length);
        }
    }

    [Fact]
    public async Task what_a_dead_attempt_has_put_and_nobody_has_committed_is_not_replayed()
    {
        PenstockWorld world = await LandedAsync(3);
        string landed = (await world.Stores.Blobs.ListAsync("raw/sample/numbers/").FirstAsync()).Name;
        string put = $"{landed[..landed.LastIndexOf('-', landed.LastIndexOf('-') - 1)]}-dead.1-1.jsonl.gz";
        await world.Stores.Blobs.PutIfAbsentAsync(put, (await world.Stores.Blobs.GetAsync(landed))!.Content);
        Assert.Equal(3, (await EndAsync(world, All)).Blobs);
        Assert.Equal(0, (await EndAsync(world, All with { Blobs = [put] })).Blobs);
    }

    [Fact]
    public async Task the_marker_of_one_that_has_ended_goes_even_if_its_worker_died_before_it_took_it_away()
    {
        PenstockWorld world = await LandedAsync(3);
        Replay ended = await EndAsync(world, All);
        await world.Get<DocumentStore>().CreateAsync($"{Replay.OpenFolder}{ended.Id}.json", new OpenReplay(ended.Id, ended));
        await world.Get<ReplayBook>().AdvanceAllAsync();
        Assert.Empty(await world.Stores.Blobs.ListAsync(Replay.OpenFolder).ToListAsync());
    }

    [Fact]
    public async Task one_whose_worker_died_after_its_marker_was_written_goes_on()
    {
        PenstockWorld world = await LandedAsync(3);
        var begun = new Replay("begun", All, world.Time.GetUtcNow());
        await world.Get<DocumentStore>().CreateAsync($"{Replay.OpenFolder}begun.json", new OpenReplay("begun", begun));
        await world.Get<ReplayBook>().AdvanceAllAsync();
        await world.RunUntilQuietAsync();
        Assert.Equal((ReplayStatus.Completed, 3), ((await world.Get<ReplayBook>().FindAsync("begun"))!.Status, (await world.Get<ReplayBook>().FindAsync("begun"))!.Counts.Blobs));
    }

    [Fact]
    public async Task blobs_are_chosen_by_time_by_name_and_by_contract()
    {
        PenstockWorld world = await LandedAsync(20);
        DateTimeOffset middle = world.Time.GetUtcNow().AddDays(1);
        world.Time.AdvanceTo(middle);
        world.Stream.Count = 25;
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = new Every(TimeSpan.FromMinutes(1)) };
        await world.RunUntilQuietAsync();
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null };
        Assert.Equal(20, (await EndAsync(world, All with { To = middle })).Blobs);
        Assert.Equal(5, (await EndAsync(world, All with { From = middle })).Blobs);
        Assert.Equal(0, (await EndAsync(world, All with { Contract = "other@1" })).Blobs);
        Assert.Equal(25, (await EndAsync(world, All with { Contract = RawBlobs.NoContract })).Blobs);
        string blob = "";
        await foreach (BlobEntry entry in world.Stores.Blobs.ListAsync("raw/sample/numbers/"))
            blob = entry.Name;
        Assert.Equal(1, (await EndAsync(world, All with { Blobs = [blob] })).Blobs);
        Assert.Equal((ReplayStatus.Completed, 0), ((await EndAsync(world, All with { Streams = ["orders"] })).Status, (await EndAsync(world, All with { Streams = ["orders"] })).Blobs));
    }

    [Fact]
    public async Task a_cancelled_one_sends_nothing_more()
    {
        PenstockWorld world = await LandedAsync();
        Replay replay = (await world.Get<ReplayBook>().StartAsync(All, null))!;
        await world.Get<ReplayBook>().CancelAsync(replay.Id);
        await world.RunUntilQuietAsync();
        Replay ended = (await world.Get<ReplayBook>().FindAsync(replay.Id))!;
        Assert.Equal((ReplayStatus.Cancelled, 2 * new ReplayOptions().BlobsPerBatch), (ended.Status, ended.Blobs));
        Assert.Equal(ReplayStatus.Cancelled, (await world.Get<ReplayBook>().CancelAsync(replay.Id))!.Status);
        Assert.Null(await world.Get<ReplayBook>().CancelAsync("nothing"));
    }

    [Fact]
    public async Task a_blob_that_is_gone_is_a_dead_letter_and_the_others_go_on()
    {
        PenstockWorld world = await LandedAsync(10);
        Replay replay = (await world.Get<ReplayBook>().StartAsync(All, null))!;
        string gone = "";
        await foreach (BlobEntry entry in world.Stores.Blobs.ListAsync("raw/sample/numbers/"))
            gone = entry.Name;
        await world.Stores.Blobs.DeleteAsync(gone);
        await world.RunUntilQuietAsync();
        replay = (await world.Get<ReplayBook>().FindAsync(replay.Id))!;
        Assert.Equal((ReplayStatus.Completed, 10, 1), (replay.Status, replay.Counts.Blobs, replay.Counts.Refused));
        Assert.Single(await world.Get<RunLedger>().ListDeadLettersAsync().ToListAsync());
    }

    [Fact]
    public async Task a_trial_says_what_would_be_new_changed_and_quarantined_and_writes_nothing()
    {
        PenstockWorld world = await LandedAsync(40);
        string before = await world.CuratedAsync();
        ReplayOutlook same = await world.Get<ReplayTrial>().TryAsync(All, 500);
        Assert.Equal((40, true, 40, 40L, 0L, 0L), (same.Blobs, same.IsExact, same.Sampled, same.Records.Unchanged, same.Records.New, same.Records.Changed));
        Assert.Equal(same.Before, same.After);

        await world.Stores.Curated.DeleteAsync(new CuratedTable("sample", "numbers"), ["3", "4"]);
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with
        {
            Streams = [.. world.Pipelines.Pipeline.Streams.Select(stream => stream.Name == "numbers" ? stream with { Key = ["nothing"] } : stream)],
        };
        ReplayOutlook broken = await world.Get<ReplayTrial>().TryAsync(All, 10);
        Assert.Equal((40, 10, 10L, 0L), (broken.Blobs, broken.Sampled, broken.After.Quarantined, broken.After.Curated));
        Assert.Equal(10, broken.Before.Curated);

        world.Pipelines.Pipeline = world.Pipelines.Pipeline with
        {
            Streams = [.. world.Pipelines.Pipeline.Streams.Select(stream => stream.Name == "numbers" ? stream with { Key = ["id"] } : stream)],
        };
        ReplayOutlook lost = await world.Get<ReplayTrial>().TryAsync(All, 500);
        Assert.Equal((2L, 38L), (lost.Records.New, lost.Records.Unchanged));
        Assert.Equal(["3", "4"], lost.Records.Examples.Select(example => example.Key).Order());
        Assert.Equal(before.Split('\n').Length - 2, (await world.CuratedAsync()).Split('\n').Length);
        Assert.Equal(0, await world.Stores.Queue.CountAsync(QueueNames.Transform));
    }
}

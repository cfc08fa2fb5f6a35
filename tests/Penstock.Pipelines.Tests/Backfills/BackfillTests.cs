using Penstock.Connectors.Streams;
using Penstock.Pipelines.Backfills;
using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Watching;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Backfills;

public class BackfillTests
{
    private static StartBackfill Window(int from, int to, int parallelism = 4, string? key = null) =>
        new("sample", [], DateTimeOffset.FromUnixTimeSeconds(from), DateTimeOffset.FromUnixTimeSeconds(to), key) { Parallelism = parallelism };

    private static async Task<Backfill> StartAsync(PenstockWorld world, StartBackfill start) =>
        Assert.IsType<BackfillStarted>(await world.Get<OperateStage>().RunAsync(start)).Backfill;

    private static async Task<Run> RunAsync(PenstockWorld world, Backfill backfill) =>
        (await world.Get<RunBook>().FindAsync("sample", "numbers", backfill.RunId))!.Value;

    private static PenstockWorld Unscheduled(ScriptedStream stream, Func<string, bool>? crash = null)
    {
        var world = new PenstockWorld(stream, crash: crash);
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null };
        return world;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public async Task no_more_slices_are_in_the_queue_than_may_be_read_at_once_and_all_are_read(int parallelism)
    {
        PenstockWorld world = Unscheduled(new ScriptedStream { Count = 1000, WindowSize = 5 });
        Backfill backfill = await StartAsync(world, Window(0, 1000, parallelism));
        await world.PlanAsync();
        int most = 0;
        for (int queued = -1; queued != 0; most = Math.Max(most, queued))
        {
            await world.WorkOneAsync();
            queued = await world.Stores.Queue.CountAsync(QueueNames.Extract);
        }

        await world.RunUntilQuietAsync();
        Assert.Equal(RunStatus.Completed, (await RunAsync(world, backfill)).Status);
        Assert.Equal(1000, (await world.CuratedAsync()).Split('\n').Length);
        Assert.InRange(most, Math.Max(1, parallelism / 2), parallelism);
    }

    [Fact]
    public async Task nothing_is_lost_or_doubled_wherever_the_worker_dies()
    {
        string undisturbed = await OutcomeAsync(_ => false, out _);
        _ = await OutcomeAsync(_ => false, out PenstockWorld counted);
        for (int call = 0; call < counted.Faults.Calls; call += 7)
        {
            int n = call;
            Assert.Equal(undisturbed, await OutcomeAsync(where => where.StartsWith($"before {n} ") || where.StartsWith($"after {n + 3} "), out _));
        }

        static Task<string> OutcomeAsync(Func<string, bool> crash, out PenstockWorld world)
        {
            bool isArmed = false;
            PenstockWorld made = world = Unscheduled(new ScriptedStream { Count = 60, WindowSize = 5 }, where => isArmed && crash(where));
            return RunAsync();
            async Task<string> RunAsync()
            {
                await StartAsync(made, Window(0, 60, parallelism: 2));
                isArmed = true;
                await made.RunUntilQuietAsync(600);
                return await made.CuratedAsync();
            }
        }
    }

    [Fact]
    public async Task a_paused_backfill_reads_nothing_and_goes_on_where_it_was()
    {
        PenstockWorld world = Unscheduled(new ScriptedStream { Count = 200, WindowSize = 10, PageSize = 10 });
        int pages = 0;
        world.Stream.Served = (_, _) => pages++;
        Backfill backfill = await StartAsync(world, Window(0, 200, parallelism: 2));
        await world.PlanAsync();
        for (int i = 0; i < 8; i++)
            await world.WorkOneAsync();
        Assert.IsType<BackfillChanged>(await world.Get<OperateStage>().RunAsync(new PauseBackfill(backfill.Id)));
        int before = pages;
        await world.WorkAsync();
        world.Time.Advance(TimeSpan.FromHours(2));
        await world.Get<WatchStage>().RunAsync();
        await world.PlanAsync();
        await world.WorkAsync();
        Assert.Equal(before, pages);
        Assert.InRange(before, 1, 19);

        Assert.IsType<BackfillChanged>(await world.Get<OperateStage>().RunAsync(new ResumeBackfill(backfill.Id)));
        await world.RunUntilQuietAsync();
        Assert.Equal(RunStatus.Completed, (await RunAsync(world, backfill)).Status);
        Assert.Equal(20, pages);
        Assert.Equal(200, (await world.CuratedAsync()).Split('\n').Length);
        var known = (await world.Get<BackfillLedger>().FindAsync(backfill.Id))!.Value;
        Assert.Equal((null, TimeSpan.FromHours(2)), (known.PausedAt, known.PausedFor));
    }

    [Fact]
    public async Task a_paused_one_may_be_cancelled_and_an_ended_one_neither_paused_nor_resumed()
    {
        PenstockWorld world = Unscheduled(new ScriptedStream());
        Backfill backfill = await StartAsync(world, Window(0, 100));
        OperateStage operate = world.Get<OperateStage>();
        await operate.RunAsync(new PauseBackfill(backfill.Id));
        await operate.RunAsync(new CancelBackfill(backfill.Id));
        Assert.Equal(RunStatus.Cancelled, (await RunAsync(world, backfill)).Status);
        Assert.True(Assert.IsType<CommandConflict>(await operate.RunAsync(new ResumeBackfill(backfill.Id))).IsStale);
        Assert.True(Assert.IsType<CommandConflict>(await operate.RunAsync(new PauseBackfill(backfill.Id))).IsStale);
        Assert.IsType<CommandNotFound>(await operate.RunAsync(new PauseBackfill("nothing")));
        await world.RunUntilQuietAsync();
    }

    [Fact]
    public async Task a_lost_message_is_found_again_and_those_that_were_never_sent_are_not_sent_at_once()
    {
        PenstockWorld world = Unscheduled(new ScriptedStream { Count = 100, WindowSize = 10 });
        Backfill backfill = await StartAsync(world, Window(0, 100, parallelism: 2));
        await world.PlanAsync();
        foreach (WorkItem item in await world.Stores.Queue.ReceiveAsync(QueueNames.Extract, 10, TimeSpan.FromMinutes(1)))
            await world.Stores.Queue.CompleteAsync(item);
        world.Time.Advance(LostMessageMonitor.Patience + TimeSpan.FromMinutes(1));
        await world.Get<WatchStage>().RunAsync();
        Assert.Equal(2, await world.Stores.Queue.CountAsync(QueueNames.Extract));
        await world.RunUntilQuietAsync();
        Assert.Equal(RunStatus.Completed, (await RunAsync(world, backfill)).Status);
    }

    [Fact]
    public async Task a_dry_run_counts_the_slices_and_judges_by_earlier_backfills_and_begins_nothing()
    {
        PenstockWorld world = Unscheduled(new ScriptedStream { Count = 1000, WindowSize = 10, PageSize = 5 });
        BackfillEstimate unknown = await world.Get<BackfillEstimator>().EstimateAsync(Window(0, 1000), ["numbers"]);
        Assert.Equal((100, true, null, null, null), (unknown.Slices, unknown.IsExact, unknown.Calls, unknown.Duration, unknown.Cost));
        Backfill backfill = await StartAsync(world, Window(0, 100));
        await world.RunUntilQuietAsync();
        BackfillEstimate known = await world.Get<BackfillEstimator>().EstimateAsync(Window(0, 1000), ["numbers"]);
        Assert.Equal((100, 200), (known.Slices, known.Calls));
        Assert.Equal(1000, known.Streams[0].Records);
        TimeSpan took = (await RunAsync(world, backfill)).EndedAt!.Value - backfill.RequestedAt;
        Assert.Equal(took.TotalSeconds * 10, known.Duration!.Value.TotalSeconds, 1);
        RunCounts counts = await world.Get<RunLedger>().CountAsync(await RunAsync(world, backfill));
        CostParts ten = new Prices().Of(counts.Usage * 10, 200, 0);
        Assert.True(counts.Usage.BlobWrites > 0);
        Assert.Equal((ten.Storage, ten.Queues, 0m), (known.Cost!.Parts.Storage, known.Cost.Parts.Queues, known.Cost.Parts.Calls));
        Assert.Equal(["the database", "what the source charges"], known.Cost.LeftOut.Select(part => part.Split(" for calls")[0].Split(':')[0]));
        Assert.Empty(await world.Get<RunBook>().ListOpenAsync().ToListAsync());
    }

    [Fact]
    public async Task a_dry_run_says_why_the_slices_cannot_be_counted()
    {
        PenstockWorld world = Unscheduled(new ScriptedStream { Count = 1000 });
        world.Stream.PlanInterruption = position => position == 0 ? null : new PlanFailed(new SourceError(SourceErrorKind.Transient, "gone"));
        BackfillEstimate estimate = await world.Get<BackfillEstimator>().EstimateAsync(Window(0, 1000), ["numbers"]);
        Assert.False(estimate.IsExact);
        Assert.Contains("gone", estimate.Streams[0].Note);
    }

    [Fact]
    public async Task too_many_at_once_are_refused_until_one_has_ended()
    {
        PenstockWorld world = Unscheduled(new ScriptedStream());
        var started = new List<Backfill>();
        for (int i = 0; i < BackfillBook.MaxOpen; i++)
            started.Add(await StartAsync(world, Window(i, 100, key: $"{i}")));
        Assert.IsType<CommandRefused>(await world.Get<OperateStage>().RunAsync(Window(0, 100, key: "more")));
        Assert.IsType<BackfillStarted>(await world.Get<OperateStage>().RunAsync(Window(3, 100, key: "3")));
        await world.Get<OperateStage>().RunAsync(new CancelBackfill(started[0].Id));
        Assert.IsType<BackfillStarted>(await world.Get<OperateStage>().RunAsync(Window(0, 100, key: "more")));
    }
}

using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

public class ExtractTests : ExtractFixture
{
    [Fact]
    public async Task a_slice_that_must_wait_goes_on_at_the_same_page()
    {
        var world = new PenstockWorld();
        var served = new List<int>();
        world.Stream.Served = (_, at) => served.Add(at);
        bool waited = false;
        world.Stream.Interruption = (_, at) =>
        {
            if (at != 24 || waited)
                return null;
            waited = true;
            return new ReadWaits(world.Time.GetUtcNow().AddMinutes(10), "quota");
        };
        await PipelineTests.RunOnceAsync(world);
        Assert.True(waited);
        Assert.Equal(served.Distinct().Count(), served.Count);
        Assert.Equal(100, (await world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task a_failure_that_passes_is_tried_again_with_growing_delays()
    {
        var world = new PenstockWorld();
        var tries = new List<DateTimeOffset>();
        world.Stream.Interruption = (_, at) =>
        {
            if (at != 50 || tries.Count == 4)
                return null;
            tries.Add(world.Time.GetUtcNow());
            return new ReadFailed(new SourceError(SourceErrorKind.Transient, "503", 503));
        };
        await PipelineTests.RunOnceAsync(world);
        Assert.Equal(100, (await world.CuratedAsync()).Split('\n').Length);
        Assert.True(tries[3] - tries[2] >= TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task a_source_that_always_fails_and_asks_to_wait_is_given_up_in_the_end()
    {
        var world = new PenstockWorld();
        int tries = 0;
        world.Stream.Interruption = (_, at) =>
        {
            if (at != 50)
                return null;
            tries++;
            return new ReadWaits(world.Time.GetUtcNow().AddSeconds(17), "503") { Failure = new SourceError(SourceErrorKind.Transient, "503 again", 503) };
        };
        await PipelineTests.RunOnceAsync(world);
        Assert.Equal(new ExtractOptions().MaxFailures, tries);
        var run = (await world.Get<RunBook>().FindAsync("sample", "numbers", (await world.Get<DocumentStore>().FindAsync<StreamDocument>(RunNames.Stream("sample", "numbers")))!.Value.LastRun!))!.Value;
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains("503 again", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_slice_that_fails_for_good_stops_the_cursor_but_not_its_neighbours()
    {
        var world = new PenstockWorld();
        bool isMended = false;
        world.Stream.Interruption = (_, at) => at == 30 && !isMended ? new ReadFailed(new SourceError(SourceErrorKind.Config, "403", 403)) : null;
        await PipelineTests.RunOnceAsync(world);
        Assert.Equal(90, (await world.CuratedAsync()).Split('\n').Length);
        Assert.Equal("""{"updated":30}""", await CursorAsync(world));
        Run run = await OnlyRunAsync(world);
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Equal("1 of 10 slices failed; the first: 403", run.Error);

        isMended = true;
        world.Time.Advance(TimeSpan.FromDays(1));
        await PipelineTests.RunOnceAsync(world);
        Assert.Equal(100, (await world.CuratedAsync()).Split('\n').Length);
        Assert.Equal("""{"updated":100}""", await CursorAsync(world));
    }

    [Fact]
    public async Task a_time_limit_makes_a_slice_go_on_in_another_execution()
    {
        var world = new PenstockWorld(new ScriptedStream { WindowSize = 100, PageSize = 10 });
        world.Stream.Served = (_, _) => world.Time.Advance(TimeSpan.FromMinutes(2));
        await PipelineTests.RunOnceAsync(world);
        Assert.Equal(100, (await world.CuratedAsync()).Split('\n').Length);
        var slice = await world.Get<DocumentStore>().FindAsync<SliceDocument>(
            RunNames.Slice("sample", "numbers", (await OnlyRunAsync(world)).Id, 0));
        Assert.True(slice!.Value.Blobs.Count >= 3, $"{slice.Value.Blobs.Count} blobs");
        Assert.Equal(100, slice.Value.Records);
        Assert.Empty(slice.Value.Outbox);
    }

    [Fact]
    public async Task a_run_that_is_cancelled_half_way_ends_and_the_next_one_starts_from_the_old_cursor()
    {
        var world = new PenstockWorld();
        await world.PlanAsync();
        Run run = await OnlyRunAsync(world);
        await world.Get<OperateStage>().RunAsync(new CancelRun(new RunReference("sample", "numbers", run.Id)));
        await world.RunUntilQuietAsync(1000);
        Assert.Equal(RunStatus.Cancelled, (await world.Get<RunBook>().FindAsync("sample", "numbers", run.Id))!.Value.Status);
        Assert.Equal(100, (await world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task a_backfill_reads_its_window_and_leaves_the_cursor_alone()
    {
        var world = new PenstockWorld();
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null };
        var window = new StartBackfill("sample", [], DateTimeOffset.FromUnixTimeSeconds(20), DateTimeOffset.FromUnixTimeSeconds(50), "once");
        var first = Assert.IsType<BackfillStarted>(await world.Get<OperateStage>().RunAsync(window));
        var again = Assert.IsType<BackfillStarted>(await world.Get<OperateStage>().RunAsync(window));
        Assert.Equal(first.Backfill.Id, again.Backfill.Id);
        await world.RunUntilQuietAsync();
        Assert.Equal(30, (await world.CuratedAsync()).Split('\n').Length);
        Assert.Null(await CursorAsync(world));
        Assert.IsType<CommandConflict>(await world.Get<OperateStage>().RunAsync(window with { To = window.To.AddSeconds(1) }));
    }

    [Fact]
    public async Task a_stream_that_cannot_be_opened_goes_on_when_it_is_mended()
    {
        var world = new PenstockWorld();
        await world.PlanAsync();
        world.Pipelines.Unavailable = new StreamUnavailable([new DefinitionProblem("pipeline.yaml", 3, "config.key", "The secret is missing.", "Set it.")]);
        await world.WorkAsync();
        Assert.Equal("", await world.CuratedAsync());
        world.Pipelines.Unavailable = null;
        await PipelineTests.RunOnceAsync(world);
        Assert.Equal(100, (await world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task planning_that_must_wait_goes_on_where_it_was()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 2_000, WindowSize = 1, SlicesPerPlanStep = 150 });
        bool waited = false;
        world.Stream.PlanInterruption = position =>
        {
            if (position < 300 || waited)
                return null;
            waited = true;
            return new PlanWaits(world.Time.GetUtcNow().AddMinutes(3), "quota");
        };
        await PipelineTests.RunOnceAsync(world);
        Assert.True(waited);
        Assert.Equal(2_000, (await world.CuratedAsync()).Split('\n').Length);
        Assert.Equal(2_000, (await OnlyRunAsync(world)).Slices);
    }

    [Fact]
    public async Task each_partition_has_a_cursor_of_its_own()
    {
        string[] partitions = [.. Enumerable.Range(0, 300).Select(n => $$"""{"project":{{n}}}""")];
        var world = new PenstockWorld(new ScriptedStream { Count = 5, WindowSize = 3, Partitions = partitions });
        world.Stream.Interruption = (slice, at) => slice.Partition == partitions[7] && at == 3 ? new ReadFailed(new SourceError(SourceErrorKind.Config, "403")) : null;
        await PipelineTests.RunOnceAsync(world);
        Assert.Equal("""{"updated":3}""", await CursorAsync(world, partitions[7]));
        Assert.Equal("""{"updated":5}""", await CursorAsync(world, partitions[299]));
        Assert.Equal((300 * 5) - 2, (await world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task what_is_read_is_curated_or_set_aside_for_every_blob()
    {
        var world = new PenstockWorld();
        await PipelineTests.RunOnceAsync(world);
        RunCounts counts = await world.Get<RunLedger>().CountAsync(await OnlyRunAsync(world));
        Assert.Equal((100, 100, 0, 10, 10), (counts.Landed, counts.Curated, counts.Quarantined, counts.SlicesLanded, counts.BlobsCurated));
        Assert.True(counts.IsCurated);
        Assert.Equal(30, counts.Calls);
    }
}

using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

public class ExtractTests
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
    public async Task a_message_that_is_delivered_twice_at_once_reads_the_slice_once()
    {
        var world = new PenstockWorld();
        await world.PlanAsync();
        string run = (await OnlyRunAsync(world)).Id;
        var message = new ExtractMessage("sample", "numbers", run, 0, 3);
        DateTimeOffset deadline = world.Time.GetUtcNow().AddMinutes(5);
        ExtractOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.Get<ExtractStage>().RunAsync(message, deadline))));
        Assert.Contains(outcomes, outcome => outcome is SliceLanded { Records: 10 });
        await world.RunUntilQuietAsync();
        var slice = await world.Get<DocumentStore>().FindAsync<SliceDocument>(RunNames.Slice("sample", "numbers", run, 3));
        Assert.Equal(10, slice!.Value.Blobs.Sum(blob => blob.Records));
    }

    [Fact]
    public async Task a_host_that_stops_in_the_middle_of_a_slice_leaves_no_lease_behind()
    {
        var world = new PenstockWorld(extract: new ExtractOptions { BlobBytes = 1 });
        await world.PlanAsync();
        var message = new ExtractMessage("sample", "numbers", (await OnlyRunAsync(world)).Id, 0, 0);
        DateTimeOffset deadline = world.Time.GetUtcNow().AddHours(1);
        using var stop = new CancellationTokenSource();
        var served = new List<int>();
        world.Stream.Served = (_, at) =>
        {
            served.Add(at);
            if (at == 4)
                stop.Cancel();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Get<ExtractStage>().RunAsync(message, deadline, stop.Token));

        Assert.Equal(new SliceLanded(10), await world.Get<ExtractStage>().RunAsync(message, deadline));
        Assert.Equal(0, served[0]);
        Assert.DoesNotContain(0, served.Skip(1));
    }

    [Fact]
    public async Task an_attempt_whose_lease_was_taken_over_commits_nothing()
    {
        var world = new PenstockWorld(extract: new ExtractOptions { BlobBytes = 1, LeaseDuration = TimeSpan.FromMinutes(1) });
        await world.PlanAsync();
        string run = (await OnlyRunAsync(world)).Id;
        var message = new ExtractMessage("sample", "numbers", run, 0, 0);
        DateTimeOffset deadline = world.Time.GetUtcNow().AddHours(1);
        Task<ExtractOutcome>? second = null;
        world.Stream.Served = (_, at) =>
        {
            if (at != 4 || second is not null)
                return;
            world.Time.Advance(TimeSpan.FromMinutes(2));
            second = Task.Run(() => world.Get<ExtractStage>().RunAsync(message, deadline));
            Assert.True(second.Wait(TimeSpan.FromSeconds(10)));
        };
        ExtractOutcome first = await world.Get<ExtractStage>().RunAsync(message, deadline);
        Assert.IsType<SliceDropped>(first);
        Assert.Equal(new SliceLanded(10), await second!);
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

    [Fact]
    public async Task a_lost_extract_message_is_sent_again_by_watch()
    {
        var world = new PenstockWorld();
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = new Every(TimeSpan.FromDays(1)) };
        await world.PlanAsync();
        while (await world.Stores.Queue.ReceiveAsync(QueueNames.Extract, 32, TimeSpan.FromMinutes(1)) is { Count: > 0 } lost)
        {
            foreach (WorkItem item in lost)
                await world.Stores.Queue.CompleteAsync(item);
        }

        world.Time.Advance(TimeSpan.FromHours(1));
        IReadOnlyList<string> findings = await world.Get<WatchStage>().RunAsync();
        Assert.Contains(findings, finding => finding.StartsWith("sent 10 extract messages", StringComparison.Ordinal));
        await world.RunUntilQuietAsync();
        Assert.Equal(100, (await world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task a_batch_whose_last_slice_was_entered_by_a_worker_that_died_then_is_ended_by_watch()
    {
        bool crashed = false;
        bool isEntered = false;
        var world = new PenstockWorld(new ScriptedStream { Count = 8, WindowSize = 8 }, crash: where =>
        {
            isEntered |= where.StartsWith("after ", StringComparison.Ordinal) && where.Contains("/progress-", StringComparison.Ordinal) && where.Contains(" put ", StringComparison.Ordinal);
            return !crashed && (crashed = isEntered && where.StartsWith("before ", StringComparison.Ordinal));
        });
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = new Every(TimeSpan.FromDays(1)) };
        await world.PlanAsync();
        await world.WorkAsync();
        Assert.True(crashed);
        // The message that would come again is lost too.
        world.Time.Advance(TimeSpan.FromHours(1));
        while (await world.Stores.Queue.ReceiveAsync(QueueNames.Extract, 32, TimeSpan.FromMinutes(1)) is { Count: > 0 } lost)
        {
            foreach (WorkItem item in lost)
                await world.Stores.Queue.CompleteAsync(item);
        }

        Assert.Contains(await world.Get<WatchStage>().RunAsync(), finding => finding.StartsWith("sent 1 extract messages", StringComparison.Ordinal));
        await world.RunUntilQuietAsync();
        Assert.Equal(RunStatus.Completed, (await OnlyRunAsync(world)).Status);
    }

    [Fact]
    public async Task a_message_of_another_tongue_becomes_a_dead_letter_and_an_alert()
    {
        var world = new PenstockWorld();
        await world.Stores.Queue.SendAsync(QueueNames.Extract, "{\"pipeline\":"u8.ToArray());
        await world.Stores.Queue.SendAsync(QueueNames.Transform, """{"hello":1}"""u8.ToArray());
        await PipelineTests.RunOnceAsync(world);
        var letters = new List<DeadLetter>();
        await foreach (DeadLetter letter in world.Get<RunLedger>().ListDeadLettersAsync())
            letters.Add(letter);
        Assert.Equal(["extract", "transform"], letters.Select(letter => letter.Queue).Order());
        Assert.Equal("""{"hello":1}""", Encoding.UTF8.GetString(Convert.FromBase64String(letters[1].Body)));
        Assert.Contains(await world.Get<WatchStage>().RunAsync(), finding => finding.StartsWith("ALERT deadletters extract", StringComparison.Ordinal));
    }

    private static async Task<Run> OnlyRunAsync(PenstockWorld world)
    {
        var runs = new List<Run>();
        await foreach (Run run in world.Get<RunLedger>().ListAsync("sample"))
            runs.Add(run);
        return Assert.Single(runs);
    }

    private static async Task<string?> CursorAsync(PenstockWorld world, string partition = StreamSlice.NoPartition) =>
        await new StoredCursors(new DocumentStore(world.Stores.Blobs), "sample", "numbers").FindAsync(partition);
}

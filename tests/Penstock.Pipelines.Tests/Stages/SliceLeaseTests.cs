using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

/// <summary>One attempt at a time has a slice, whoever else comes, and however it ends.</summary>
public class SliceLeaseTests : ExtractFixture
{
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
    public async Task an_attempt_that_fails_for_a_reason_nobody_foresaw_leaves_no_lease_behind()
    {
        var world = new PenstockWorld();
        await world.PlanAsync();
        var message = new ExtractMessage("sample", "numbers", (await OnlyRunAsync(world)).Id, 0, 0);
        DateTimeOffset deadline = world.Time.GetUtcNow().AddHours(1);
        world.Stream.Served = (_, _) => throw new TimeoutException("A pattern took too long.");
        TimeoutException failure = await Assert.ThrowsAsync<TimeoutException>(() => world.Get<ExtractStage>().RunAsync(message, deadline));
        Assert.Equal("A pattern took too long.", failure.Message);

        world.Stream.Served = null;
        Assert.Equal(new SliceLanded(10), await world.Get<ExtractStage>().RunAsync(message, deadline));
    }

    [Fact]
    public async Task a_commit_whose_answer_never_came_leaves_no_lease_behind_either()
    {
        int failures = 0;
        var world = new PenstockWorld(
            extract: new ExtractOptions { BlobBytes = 1 },
            crash: where => where.StartsWith("after ", StringComparison.Ordinal) && where.Contains(" replace ", StringComparison.Ordinal) && where.Contains("/slice-", StringComparison.Ordinal) && failures++ == 0);
        world.Faults.StaysDead = false;
        await world.PlanAsync();
        var message = new ExtractMessage("sample", "numbers", (await OnlyRunAsync(world)).Id, 0, 0);
        DateTimeOffset deadline = world.Time.GetUtcNow().AddHours(1);
        await Assert.ThrowsAsync<CrashException>(() => world.Get<ExtractStage>().RunAsync(message, deadline));
        Assert.Equal(new SliceLanded(10), await world.Get<ExtractStage>().RunAsync(message, deadline));
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
}

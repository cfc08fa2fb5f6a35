using Penstock.Connectors.Streams;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Watching;
using Penstock.Testing;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Watching;

public class LostMessageMonitorTests
{
    private static readonly TimeSpan s_quota = TimeSpan.FromHours(3);

    [Fact]
    public async Task a_slice_that_waits_for_its_quota_is_not_sent_again_however_long_it_waits()
    {
        PenstockWorld world = await WaitingAsync(new ReadWaits(Later, "quota"));
        world.Time.Advance(s_quota);
        Assert.Empty(await SentAgainAsync(world));
    }

    [Fact]
    public async Task nor_is_one_that_failed_and_is_tried_again_later()
    {
        var error = new SourceError(SourceErrorKind.Transient, "503", 503);
        PenstockWorld world = await WaitingAsync(new ReadWaits(Later, "503") { Failure = error });
        world.Time.Advance(s_quota);
        Assert.Empty(await SentAgainAsync(world));
    }

    [Fact]
    public async Task nor_are_those_of_a_pipeline_that_an_operator_paused()
    {
        var world = new PenstockWorld();
        await world.PlanAsync();
        await world.Get<PauseBook>().SetAsync(new PipelinePause("sample", true, world.Time.GetUtcNow(), "somebody", "the vendor migrates"), etag: null);
        await world.WorkAsync();
        int messages = await world.Stores.Queue.CountAsync(QueueNames.Extract);
        world.Time.Advance(TimeSpan.FromDays(2));
        Assert.Empty(await SentAgainAsync(world));
        Assert.Equal(messages, await world.Stores.Queue.CountAsync(QueueNames.Extract));
    }

    [Fact]
    public async Task one_whose_wait_is_long_over_is_sent_again()
    {
        PenstockWorld world = await WaitingAsync(new ReadWaits(Later, "quota"));
        world.Time.Advance(s_quota);
        while (await world.Stores.Queue.ReceiveAsync(QueueNames.Extract, 1, TimeSpan.FromMinutes(1)) is [var lost])
            await world.Stores.Queue.CompleteAsync(lost);
        Assert.Empty(await SentAgainAsync(world));
        world.Time.Advance(LostMessageMonitor.Patience + TimeSpan.FromMinutes(1));
        Assert.Equal(["sent 10 extract messages of sample/numbers run 20260101T000000Z again"], await SentAgainAsync(world));
        Assert.Equal(10, await world.Stores.Queue.CountAsync(QueueNames.Extract));
    }

    private static DateTimeOffset Later => new ManualTimeProvider().GetUtcNow() + s_quota;

    private static async Task<PenstockWorld> WaitingAsync(ReadStep wait)
    {
        var world = new PenstockWorld();
        world.Stream.Interruption = (_, _) => wait;
        await world.PlanAsync();
        await world.WorkAsync();
        return world;
    }

    private static async Task<IEnumerable<string>> SentAgainAsync(PenstockWorld world) =>
        (await world.Get<WatchStage>().RunAsync()).Where(finding => finding.StartsWith("sent ", StringComparison.Ordinal));
}

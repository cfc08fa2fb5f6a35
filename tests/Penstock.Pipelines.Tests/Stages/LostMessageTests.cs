using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

/// <summary>Messages of Extract that are gone, or that nobody understands.</summary>
public class LostMessageTests : ExtractFixture
{
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
}

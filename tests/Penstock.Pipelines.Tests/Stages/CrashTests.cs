using Penstock.Connectors.Streams;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

/// <summary>The worker dies once, around every single call to a store: the result is that of an undisturbed run.</summary>
public class CrashTests
{
    private static readonly ExtractOptions EveryPage = new() { BlobBytes = 1 };

    [Fact]
    public async Task a_crash_before_or_after_any_call_changes_nothing_in_the_end()
    {
        PenstockWorld undisturbed = World(_ => false);
        await PipelineTests.RunOnceAsync(undisturbed);
        string expected = await undisturbed.CuratedAsync();
        Assert.Equal(24, expected.Split('\n').Length);

        for (int call = 0; call < undisturbed.Faults.Calls; call++)
        {
            foreach (string mode in new[] { "before", "after" })
            {
                bool crashed = false;
                string point = $"{mode} {call} ";
                PenstockWorld world = World(where => !crashed && (crashed = where.StartsWith(point, StringComparison.Ordinal)));
                await PipelineTests.RunOnceAsync(world);
                Assert.True(crashed, $"nothing crashed {point}");
                Assert.True(expected == await world.CuratedAsync(), $"crash {point}: the curated output differs");
                Assert.True(await CursorAsync(world) == """{"updated":24}""", $"crash {point}: the cursor is {await CursorAsync(world)}");
            }
        }
    }

    [Fact]
    public async Task a_write_whose_answer_is_lost_changes_nothing_in_the_end()
    {
        PenstockWorld undisturbed = World(_ => false);
        await PipelineTests.RunOnceAsync(undisturbed);
        int lost = 0;
        for (int call = 0; call < undisturbed.Faults.Calls; call++)
        {
            string point = $"lost {call} ";
            PenstockWorld world = World(where => where.StartsWith(point, StringComparison.Ordinal));
            await PipelineTests.RunOnceAsync(world);
            lost += world.Faults.Lost;
            Assert.True(await undisturbed.CuratedAsync() == await world.CuratedAsync(), $"{point}: the curated output differs");
            Assert.True(await CursorAsync(world) == """{"updated":24}""", $"{point}: the cursor is {await CursorAsync(world)}");
        }

        Assert.True(lost > 30, $"only {lost} answers were lost");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task a_worker_that_dies_again_and_again_gets_there_in_the_end(int seed)
    {
        var chance = new Random(seed);
        PenstockWorld world = World(_ => chance.Next(25) == 0);
        await PipelineTests.RunOnceAsync(world);
        Assert.Equal(24, (await world.CuratedAsync()).Split('\n').Length);
        Assert.True(world.Faults.Crashes > 5, $"only {world.Faults.Crashes} crashes");
    }

    private static PenstockWorld World(Func<string, bool> crash) =>
        new(new ScriptedStream { Count = 24, WindowSize = 8, PageSize = 4, SlicesPerPlanStep = 2 }, EveryPage, crash);

    private static async Task<string?> CursorAsync(PenstockWorld world) =>
        await new StoredCursors(new DocumentStore(world.Stores.Blobs), "sample", "numbers").FindAsync(StreamSlice.NoPartition);
}

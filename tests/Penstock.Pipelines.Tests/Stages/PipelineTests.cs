using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

/// <summary>The whole path on memory stores: plan, extract, transform.</summary>
public class PipelineTests
{
    [Fact]
    public async Task every_record_of_the_source_is_curated_once()
    {
        var world = new PenstockWorld();
        await RunOnceAsync(world);
        Assert.Equal(100, (await world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task a_second_run_reads_only_what_is_new()
    {
        var world = new PenstockWorld();
        await RunOnceAsync(world);
        var served = new List<int>();
        world.Stream.Served = (_, at) => served.Add(at);
        world.Stream.Count = 105;
        world.Time.Advance(TimeSpan.FromDays(1));
        await RunOnceAsync(world);
        Assert.All(served, at => Assert.InRange(at, 100, 105));
        Assert.Equal(105, (await world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task planning_twice_at_once_does_not_begin_a_second_run()
    {
        var world = new PenstockWorld();
        await Task.WhenAll(world.PlanAsync(), world.PlanAsync(), world.PlanAsync());
        await RunOnceAsync(world);
        var runs = new List<string>();
        await foreach (BlobEntry entry in world.Stores.Blobs.ListAsync(RunNames.Runs("sample", "numbers")))
        {
            if (entry.Name.EndsWith("run.json", StringComparison.Ordinal))
                runs.Add(entry.Name);
        }

        Assert.Single(runs);
        Assert.Equal(100, (await world.CuratedAsync()).Split('\n').Length);
    }

    [Fact]
    public async Task a_run_asked_for_within_a_second_after_another_is_a_run_of_its_own()
    {
        var world = new PenstockWorld();
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = null };
        var first = Assert.IsType<RunsBegun>(await world.Get<OperateStage>().RunAsync(new RunNow("sample", [])));
        await world.WorkAsync();
        world.Time.Advance(TimeSpan.FromMilliseconds(50));
        var second = Assert.IsType<RunsBegun>(await world.Get<OperateStage>().RunAsync(new RunNow("sample", [])));
        Assert.NotEqual(Assert.Single(first.Runs), Assert.Single(second.Runs));
    }

    // Later due times are of no interest here: the schedule is far apart.
    internal static async Task RunOnceAsync(PenstockWorld world)
    {
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = new Penstock.Pipelines.Definitions.Every(TimeSpan.FromDays(1)) };
        await world.RunUntilQuietAsync();
    }
}

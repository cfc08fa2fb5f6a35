using Penstock.Connectors;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Runs;

/// <summary>Planning that stops and goes on, at a source that answers differently by then.</summary>
public class RunPlannerTests
{
    private static readonly ExtractOptions Small = new() { SlicesPerBatch = 3 };

    [Fact]
    public async Task planning_that_goes_on_in_a_page_of_parents_leaves_none_out_that_come_in_another_order_by_then()
    {
        // Seen in the simulation: so many slices were passed over as had been planned, whichever they were.
        var world = new PenstockWorld(new ScriptedStream { Partitions = ["a", "b"], SlicesPerPlanStep = 100 }, Small);
        await world.Get<PlanStage>().RunAsync(deadline: world.Time.GetUtcNow());
        world.Stream.Partitions = ["b", "a"];
        await world.RunUntilQuietAsync();
        Run run = (await world.Get<RunLedger>().ListAsync("sample", "numbers").ToListAsync())[0];
        var planned = new HashSet<StreamSlice>();
        for (int batch = 0; batch < run.Batches; batch++)
            planned.UnionWith((await world.Get<DocumentStore>().FindAsync<PlanBatch>(RunNames.Batch(run, batch)))!.Value.Slices);
        Assert.Equal((RunStatus.Completed, 20, 20), (run.Status, run.Slices, planned.Count));
    }

    [Theory]
    [InlineData(SourceErrorKind.Transient, 8)]
    [InlineData(SourceErrorKind.System, 3)]
    [InlineData(SourceErrorKind.Config, 1)]
    public async Task planning_is_given_up_after_as_many_failures_as_reading_is(SourceErrorKind kind, int tries)
    {
        // Seen in the simulation: one answer that isn't JSON, in a page of parents, failed the run for good.
        int asked = 0;
        var world = new PenstockWorld();
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with { Schedule = new Every(TimeSpan.FromDays(1)) };
        world.Stream.PlanInterruption = _ =>
        {
            asked++;
            return new PlanFailed(new SourceError(kind, "no"));
        };
        await world.RunUntilQuietAsync();
        Assert.Equal(tries, asked);
        Assert.Equal(RunStatus.Failed, (await world.Get<RunLedger>().ListAsync("sample", "numbers").SingleAsync()).Status);
    }
}

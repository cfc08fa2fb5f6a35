using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Ledger;

public class RunCountsTests
{
    [Fact]
    public async Task what_a_run_read_is_curated_in_quarantine_or_filtered_by_the_shape_too()
    {
        var world = new PenstockWorld(new ScriptedStream { Count = 30, ReadsWhole = true });
        world.Pipelines.Pipeline = world.Pipelines.Pipeline with
        {
            Schedule = null,
            Streams =
            [
                new PipelineStream
                {
                    Name = "numbers", Key = ["id"], Version = "updated",
                    Shape = new RecordShape([new FilterStep("{{ record.updated >= 10 }}")], []),
                    Contract = new Contract("numbers", "1", [new ContractProperty { Name = "updated", Type = LogicalType.Integer, Options = new ValueOptions { Most = new Bound("24", IsExclusive: false) } }]),
                },
            ],
        };
        string run = (await world.Get<RunBook>().BeginIncrementalAsync("sample", "numbers", world.Time.GetUtcNow()))!;
        await world.RunUntilQuietAsync();
        RunCounts counts = await world.Get<RunLedger>().CountAsync((await world.Get<RunBook>().FindAsync("sample", "numbers", run))!.Value);
        Assert.Equal((30, 15, 5, 10), (counts.Read, counts.Curated, counts.Quarantined, counts.Filtered));
    }
}

using Penstock.Connectors;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Documents;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Runs;

public class RunFinisherTests
{
    [Fact]
    public async Task a_partition_that_is_planned_twice_moves_its_cursor_over_what_is_landed_of_either()
    {
        // Its parent changed while parents were listed, and was listed twice; of the second time, a window failed.
        var world = new PenstockWorld(new ScriptedStream { Partitions = ["a", "b", "a"] });
        int reads = 0;
        world.Stream.Interruption = (slice, at) => slice.Partition == "a" && at == 20 && ++reads == 2 ? new ReadFailed(new SourceError(SourceErrorKind.Config, "no")) : null;
        await world.PlanAsync();
        await world.WorkAsync();
        Assert.Equal(2, reads);
        Assert.Equal("""{"updated":100}""", await new StoredCursors(world.Get<DocumentStore>(), "sample", "numbers").FindAsync("a"));
    }
}

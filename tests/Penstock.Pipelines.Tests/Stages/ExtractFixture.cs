using Penstock.Connectors.Streams;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Stages;

/// <summary>What tests of Extract look up in their world.</summary>
public abstract class ExtractFixture
{
    protected static async Task<Run> OnlyRunAsync(PenstockWorld world)
    {
        var runs = new List<Run>();
        await foreach (Run run in world.Get<RunLedger>().ListAsync("sample"))
            runs.Add(run);
        return Assert.Single(runs);
    }

    protected static async Task<string?> CursorAsync(PenstockWorld world, string partition = StreamSlice.NoPartition) =>
        await new StoredCursors(new DocumentStore(world.Stores.Blobs), "sample", "numbers").FindAsync(partition);
}

using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Tests.Stages;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Watching;

public class OrphanMonitorTests
{
    [Fact]
    public async Task a_raw_blob_that_nobody_committed_is_deleted_two_days_later_and_no_other()
    {
        bool crashed = false;
        var world = new PenstockWorld(
            extract: new ExtractOptions { BlobBytes = 1 },
            crash: where => !crashed && (crashed = where.StartsWith("after", StringComparison.Ordinal) && where.Contains(" put raw/")));
        await PipelineTests.RunOnceAsync(world);
        int landed = await CountAsync(world);
        Assert.DoesNotContain(await world.Get<WatchStage>().RunAsync(), finding => finding.StartsWith("deleted", StringComparison.Ordinal));

        world.Time.Advance(TimeSpan.FromDays(2));
        Assert.Contains("deleted 1 uncommitted raw blobs of sample/numbers", await world.Get<WatchStage>().RunAsync());
        Assert.Equal(landed - 1, await CountAsync(world));
    }

    private static async Task<int> CountAsync(PenstockWorld world)
    {
        int count = 0;
        await foreach (BlobEntry _ in world.Stores.Blobs.ListAsync("raw/sample/"))
            count++;
        return count;
    }
}

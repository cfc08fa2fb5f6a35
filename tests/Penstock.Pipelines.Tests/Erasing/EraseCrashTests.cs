using Penstock.Pipelines.Erasing;

namespace Penstock.Pipelines.Tests.Erasing;

/// <summary>The worker dies once, around every single call that an erasure makes to a store: the result and the report are those of an undisturbed one.</summary>
public class EraseCrashTests
{
    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("lost")]
    public async Task a_crash_anywhere_changes_neither_the_result_nor_the_report(string mode)
    {
        (ErasureWorld undisturbed, int first, Erasure expected) = await RunAsync(_ => false);
        int last = undisturbed.World.Faults.Calls;
        string curated = await undisturbed.CuratedAsync();
        int disturbed = 0;
        for (int call = first; call < last; call++)
        {
            bool crashed = false;
            string point = $"{mode} {call} ";
            (ErasureWorld world, _, Erasure erasure) = await RunAsync(where => !crashed && (crashed = where.StartsWith(point, StringComparison.Ordinal)));
            disturbed += crashed ? 1 : 0;
            Assert.True(erasure.Status == ErasureStatus.Completed, $"{point}: {erasure.Status} {erasure.Remark}");
            Assert.True(curated == await world.CuratedAsync(), $"{point}: the curated output differs");
            Assert.True(expected.Counts!.SequenceEqual(erasure.Counts!), $"{point}: found {string.Join(", ", erasure.Counts!)}");
            IReadOnlyList<string> left = await world.FindAsync(ErasureWorld.Ada);
            Assert.True(left.Count == 0, $"{point}: left {string.Join(", ", left)}");
            Assert.True(
                (await undisturbed.EntriesAsync()).Select(Counts).SequenceEqual((await world.EntriesAsync()).Select(Counts)),
                $"{point}: the ledger differs: {string.Join(", ", (await world.EntriesAsync()).Select(Counts))}");
        }

        Assert.True(disturbed > 10, $"only {disturbed} crashes");
    }

    private static (long, long, long, long) Counts(Pipelines.Ledger.TransformEntry entry) => (entry.Read, entry.Curated, entry.Quarantined, entry.Filtered);

    private static async Task<(ErasureWorld World, int FirstCall, Erasure Erasure)> RunAsync(Func<string, bool> crash)
    {
        bool isErasing = false;
        var world = new ErasureWorld(where => isErasing && crash(where));
        await world.FillAsync();
        await world.World.WorkAsync();
        string id = (await world.BeginAsync()).Id;
        int first = world.World.Faults.Calls;
        isErasing = true;
        await world.WorkAsync();
        isErasing = false;
        return (world, first, (await world.World.Get<ErasureBook>().FindAsync(id))!);
    }
}

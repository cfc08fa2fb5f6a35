using Penstock.Connectors.Partitions;
using Penstock.Connectors.Protocol;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Tests.Protocol;

public class HeldBackTests
{
    [Fact]
    public void a_list_holds_nothing_back() => Assert.Equal(2, new HeldBack(new ListPartitionRouter("x", [], null), isIncremental: true).Add(Batch(null, "a", "b")).Count);

    [Theory]
    [InlineData(false, true, "a,b")]
    [InlineData(false, false, "a,b,c")]
    [InlineData(true, true, "a")]
    [InlineData(true, false, "a,b")]
    public void after_a_failure_the_partitions_that_were_looked_ahead_are_lost(bool isIncremental, bool withinTheParentsSlice, string expected)
    {
        var held = new HeldBack(new SubstreamPartitionRouter([]), isIncremental);
        var position = withinTheParentsSlice ? new ParentPosition(Page: "p").Write() : new ParentPosition(Slice: 1).Write();
        var read = held.Add(Batch(position, "a", "b", "c")).Concat(held.Fail()).Select(slice => slice.Partition);
        Assert.Equal(expected, string.Join(',', read));
    }

    [Fact]
    public void windows_of_one_partition_stay_together()
    {
        var held = new HeldBack(new SubstreamPartitionRouter([]), isIncremental: false);
        Assert.Equal(["a", "a"], held.Add(Batch(null, "a", "a", "b", "b")).Select(slice => slice.Partition));
        Assert.Equal(["b", "b"], held.End().Select(slice => slice.Partition));
    }

    [Fact]
    public void combined_routers_are_read_when_all_is_known()
    {
        var held = new HeldBack(new CartesianProduct([new SubstreamPartitionRouter([])]), isIncremental: false);
        Assert.Empty(held.Add(Batch("x", "a", "b")));
        Assert.Empty(held.Fail());
        Assert.Equal(2, held.Lost.Count);
    }

    private static SlicesPlanned Batch(string? next, params string[] partitions) => new([.. partitions.Select(partition => new StreamSlice(partition, null))], next);
}

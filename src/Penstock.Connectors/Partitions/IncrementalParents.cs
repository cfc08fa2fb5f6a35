namespace Penstock.Connectors.Partitions;

/// <summary>The parents whose state is kept with their child's: those of the only router, as in the reference, not of several.</summary>
internal static class IncrementalParents
{
    public static IEnumerable<ParentStream> Of(IPartitionRouter router) => router switch
    {
        SubstreamPartitionRouter substream => substream.Parents.Where(parent => parent.IsIncremental).DistinctBy(parent => parent.Stream.Name),
        GroupingPartitionRouter grouping => Of(grouping.Inner),
        UnionPartitionRouter union => union.Routers.SelectMany(Of).DistinctBy(parent => parent.Stream.Name),
        _ => [],
    };
}

using Penstock.Connectors.Partitions;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Protocol;

/// <summary>
/// Holds back the partitions that airbyte-cdk wouldn't read if the plan failed now, so that records and states agree with it:
/// it looks one record of the parent ahead, for a stream with a cursor one partition more, and it combines several routers only
/// when all their partitions are known.
/// </summary>
internal sealed class HeldBack(IPartitionRouter router, bool isIncremental)
{
    private readonly List<StreamSlice> _slices = [];
    private bool _isInParentsSlice;

    private int Most => router switch
    {
        CartesianProduct => int.MaxValue,
        { HasParents: true } => isIncremental ? 2 : 1,
        _ => 0,
    };

    /// <summary>Adds a batch, and gives the slices that can be read now.</summary>
    public IReadOnlyList<StreamSlice> Add(SlicesPlanned batch)
    {
        _slices.AddRange(batch.Slices);
        _isInParentsSlice = router is SubstreamPartitionRouter && ParentPosition.Read(batch.NextPosition).Page is not null;
        return Release(Most);
    }

    /// <summary>The plan is complete: gives the slices that are left.</summary>
    public IReadOnlyList<StreamSlice> End() => Release(0);

    /// <summary>The plan failed: gives the slices that are read all the same. The others are left in <see cref="Lost"/>.</summary>
    public IReadOnlyList<StreamSlice> Fail() => router is CartesianProduct ? [] : Release((_isInParentsSlice ? 1 : 0) + (isIncremental && router.HasParents ? 1 : 0));

    /// <summary>The slices that aren't read.</summary>
    public IReadOnlyList<StreamSlice> Lost => _slices;

    private List<StreamSlice> Release(int partitionsKept)
    {
        var keptFrom = _slices.Count;
        for (var kept = 0; kept < partitionsKept && keptFrom > 0; kept++)
        {
            var partition = _slices[keptFrom - 1].Partition;
            while (keptFrom > 0 && _slices[keptFrom - 1].Partition == partition) keptFrom--;
        }

        var released = _slices.GetRange(0, keptFrom);
        _slices.RemoveRange(0, keptFrom);
        return released;
    }
}

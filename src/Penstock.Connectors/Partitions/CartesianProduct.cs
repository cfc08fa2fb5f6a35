using System.Runtime.CompilerServices;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Partitions;

/// <summary>
/// Every combination of the partitions of several routers. The one whose number is up to the source goes batch by batch; the
/// others, mostly short lists, are combined with each of its partitions and held.
/// </summary>
internal sealed class CartesianProduct : IPartitionRouter
{
    private const int MostHeld = 100_000;
    private readonly IReadOnlyList<IPartitionRouter> _routers;
    private readonly int _outer;

    public CartesianProduct(IReadOnlyList<IPartitionRouter> routers)
    {
        _routers = routers;
        _outer = Math.Max(0, routers.ToList().FindIndex(router => router.HasParents));
    }

    // The reference lets the first router win where several set the same field.
    public IEnumerable<IRequestOptions> Options => _routers.Reverse().SelectMany(router => router.Options);

    public bool HasParents => _routers.Any(router => router.HasParents);

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var held = new List<StreamSlice>[_routers.Count];
        for (var i = 0; i < _routers.Count; i++)
        {
            if (i == _outer) continue;
            held[i] = [];
            if (await HoldAsync(_routers[i], request with { Position = null, Cursors = NoCursors.Instance }, held[i], cancellationToken) is not { } obstacle) continue;
            yield return obstacle;
            yield break;
        }

        await foreach (var step in _routers[_outer].PlanAsync(request with { Cursors = NoCursors.Instance }, cancellationToken))
        {
            yield return step is SlicesPlanned batch ? batch with { Slices = [.. batch.Slices.SelectMany(slice => Combine(slice, held))], Parents = [] } : step;
        }
    }

    private static async ValueTask<PlanStep?> HoldAsync(IPartitionRouter router, PlanRequest request, List<StreamSlice> held, CancellationToken cancellationToken)
    {
        await foreach (var step in router.PlanAsync(request, cancellationToken))
        {
            if (step is not SlicesPlanned batch) return step;
            held.AddRange(batch.Slices);
            if (held.Count > MostHeld)
            {
                return new PlanFailed(new SourceError(SourceErrorKind.Config,
                    $"More than {MostHeld} partitions would have to be combined with each partition of another router. Give the stream one router with parents only."));
            }
        }

        return null;
    }

    private IEnumerable<StreamSlice> Combine(StreamSlice outer, List<StreamSlice>[] held)
    {
        IEnumerable<List<StreamSlice>> combinations = [[]];
        for (var i = 0; i < _routers.Count; i++)
        {
            List<StreamSlice> own = i == _outer ? [outer] : held[i];
            combinations = combinations.SelectMany(_ => own, (before, slice) => new List<StreamSlice>(before) { slice });
        }

        return combinations.Select(Merge);
    }

    private static StreamSlice Merge(List<StreamSlice> slices)
    {
        var (partition, extra) = (new DictValue(), new DictValue());
        foreach (var slice in Enumerable.Reverse(slices))
        {
            foreach (var (key, value) in PartitionJson.Read(slice.Partition).Entries) partition[key] = value;
            if (slice.ExtraFields is null) continue;
            foreach (var (key, value) in ValueJsonReader.Read(slice.ExtraFields).AsDict!.Entries) extra[key] = value;
        }

        return PartitionJson.Slice(partition, extra);
    }
}

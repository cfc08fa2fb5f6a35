using System.Runtime.CompilerServices;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Partitions;

/// <summary>The partitions of several routers one after another, each value of the one field once.</summary>
internal sealed class UnionPartitionRouter(IReadOnlyList<IPartitionRouter> routers, string field) : IPartitionRouter
{
    // Beyond this, a value that comes again is read again: the curated result is the same.
    private const int MostRemembered = 100_000;

    public IReadOnlyList<IPartitionRouter> Routers => routers;

    public IEnumerable<IRequestOptions> Options => [];

    public bool HasParents => routers.Any(router => router.HasParents);

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var position = ParentPosition.Read(request.Position);
        for (var i = position.Parent; i < routers.Count; i++, position = new ParentPosition(i))
        {
            await foreach (var step in routers[i].PlanAsync(request with { Position = position.Plan }, cancellationToken))
            {
                if (step is not SlicesPlanned batch)
                {
                    yield return step;
                    yield break;
                }

                var next = batch.NextPosition is { } inner ? new ParentPosition(i, inner) : i + 1 < routers.Count ? new ParentPosition(i + 1) : null;
                yield return new SlicesPlanned([.. batch.Slices.Select(Normalise).Where(slice => seen.Count >= MostRemembered || seen.Add(slice.Partition))], next?.Write()) { Parents = batch.Parents };
            }
        }
    }

    // Whatever else the partition has becomes an extra field, so that the same value is the same partition whoever gives it.
    private StreamSlice Normalise(StreamSlice slice)
    {
        var extra = slice.ExtraFields is null ? new DictValue() : ValueJsonReader.Read(slice.ExtraFields).AsDict!;
        var partition = PartitionJson.Read(slice.Partition);
        if (!partition.TryGet(field, out var value))
            throw SourceFaultException.Config($"A router of the union gives partitions without the field '{field}'. Correct its partition_field or cursor_field.");
        foreach (var (key, other) in partition.Entries.Where(entry => entry.Key.ToString() != field)) extra[key] = other;
        return PartitionJson.Slice(new DictValue { [field] = value }, extra);
    }
}

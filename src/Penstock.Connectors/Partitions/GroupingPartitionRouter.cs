using System.Runtime.CompilerServices;
using System.Text.Json;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Partitions;

/// <summary>Puts partitions together in groups of a size: each field becomes a list of the partitions' values.</summary>
internal sealed class GroupingPartitionRouter(IPartitionRouter inner, int size, bool deduplicates) : IPartitionRouter
{
    // Beyond this, a key that comes again is read again: the curated result is the same.
    private const int MostRemembered = 100_000;

    public IPartitionRouter Inner => inner;

    public IEnumerable<IRequestOptions> Options => [];

    public bool HasParents => inner.HasParents;

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var position = GroupPosition.Read(request.Position);
        var pending = position.Pending.ToList();
        var seen = new HashSet<Value>();
        await foreach (var step in inner.PlanAsync(request with { Position = position.Inner }, cancellationToken))
        {
            if (step is not SlicesPlanned batch)
            {
                yield return step;
                yield break;
            }

            var groups = new List<StreamSlice>();
            foreach (var slice in batch.Slices)
            {
                if (deduplicates && !IsNew(slice, seen)) continue;
                pending.Add(slice);
                if (pending.Count == size) Flush(pending, groups);
            }

            if (batch.NextPosition is null && pending.Count > 0) Flush(pending, groups);
            yield return new SlicesPlanned(groups, batch.NextPosition is null ? null : new GroupPosition(batch.NextPosition, [.. pending]).Write()) { Parents = batch.Parents };
        }
    }

    private static bool IsNew(StreamSlice slice, HashSet<Value> seen)
    {
        var value = PartitionJson.Read(slice.Partition).Entries.FirstOrDefault(entry => entry.Key.ToString() != "parent_slice").Value;
        if (value.AsDict is not null || value.AsList is not null) value = PartitionJson.Write(value);
        return seen.Count >= MostRemembered ? !seen.Contains(value) : seen.Add(value);
    }

    private static void Flush(List<StreamSlice> pending, List<StreamSlice> groups)
    {
        var partitions = pending.ConvertAll(slice => PartitionJson.Read(slice.Partition));
        var extras = pending.ConvertAll(slice => slice.ExtraFields is null ? new DictValue() : ValueJsonReader.Read(slice.ExtraFields).AsDict!);
        groups.Add(PartitionJson.Slice(Together(partitions, partitions[0].Entries.Keys), Together(extras, extras.SelectMany(extra => extra.Entries.Keys))));
        pending.Clear();
    }

    private static DictValue Together(List<DictValue> mappings, IEnumerable<Value> keys)
    {
        var together = new DictValue();
        foreach (var key in keys.Distinct().ToList())
            together[key] = new ListValue(mappings.Select(mapping => mapping.Entries.TryGetValue(key, out var value) ? value : Value.None));
        return together;
    }
}

/// <summary>Where grouping goes on.</summary>
/// <param name="Inner">The position of the partitions.</param>
/// <param name="Pending">Partitions that wait for their group to be full.</param>
internal sealed record GroupPosition(string? Inner, IReadOnlyList<StreamSlice> Pending)
{
    public static GroupPosition Read(string? text) =>
        text is null ? new GroupPosition(null, []) : JsonSerializer.Deserialize(text, PositionJson.Default.GroupPosition) ?? new GroupPosition(null, []);

    public string Write() => JsonSerializer.Serialize(this, PositionJson.Default.GroupPosition);
}

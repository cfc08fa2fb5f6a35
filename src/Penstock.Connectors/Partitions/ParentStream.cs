using System.Runtime.CompilerServices;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Http;
using Penstock.Connectors.Records;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Partitions;

/// <summary>A parent stream, whose records become the partitions of its child.</summary>
/// <param name="Stream">The parent.</param>
/// <param name="Key">The path to the record's field that tells partitions apart.</param>
/// <param name="Field">The partition's field that the key's value goes to.</param>
/// <param name="ExtraFields">Paths to further fields that the child's templates need.</param>
/// <param name="IsIncremental">Whether only the parent's new records count (<c>incremental_dependency</c>).</param>
/// <param name="Option">Puts the key's value into the child's requests, or null.</param>
/// <param name="Response">The path to what stands for the child's first page (<c>lazy_read_pointer</c>); null to ask the source.</param>
internal sealed record ParentStream(
    IStream Stream, IReadOnlyList<string> Key, string Field, IReadOnlyList<IReadOnlyList<string>> ExtraFields, bool IsIncremental, IRequestOptions? Option,
    IReadOnlyList<string>? Response = null)
{
    private const string ParentSlice = "parent_slice";

    /// <summary>Reads the parent page by page; each page gives a batch of partitions. The last batch has no next position.</summary>
    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, ParentPosition position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursors = IsIncremental ? request.Cursors.ForParent(Stream.Name) : null;
        var tracked = cursors as ITrackedCursors;
        var own = new PlanRequest(cursors ?? NoCursors.Instance, Position: position.Plan, AsOf: request.AsOf);
        await foreach (var step in Stream.PlanAsync(own, cancellationToken))
        {
            if (step is not SlicesPlanned batch)
            {
                yield return step;
                yield break;
            }

            var afterBatch = batch.NextPosition is null ? null : new ParentPosition(position.Parent, batch.NextPosition);
            // Taken up again in the midst of the batch it is told once more, which changes nothing.
            var further = batch.Parents.Select(read => read with { Path = [Stream.Name, .. read.Path] }).ToList();
            if (batch.Slices.Count == 0) yield return new SlicesPlanned([], afterBatch?.Write()) { Parents = further };
            for (; position.Slice < batch.Slices.Count; position = position with { Slice = position.Slice + 1, Page = null, Greatest = null })
            {
                var afterSlice = position.Slice + 1 < batch.Slices.Count ? position with { Slice = position.Slice + 1, Page = null, Greatest = null } : afterBatch;
                await foreach (var partitions in ReadAsync(batch.Slices[position.Slice], position, afterSlice, tracked, cancellationToken))
                {
                    yield return partitions is SlicesPlanned planned && further.Count > 0 ? planned with { Parents = [.. further, .. planned.Parents] } : partitions;
                    if (partitions is not SlicesPlanned) yield break;
                    further.Clear();
                }
            }

            if (afterBatch is null) yield break;
            position = afterBatch;
        }
    }

    private async IAsyncEnumerable<PlanStep> ReadAsync(
        StreamSlice slice, ParentPosition position, ParentPosition? after, ITrackedCursors? tracked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        tracked?.Planned(slice);
        var greatest = position.Greatest;
        var isEnded = false;
        await foreach (var step in Stream.ReadAsync(slice, position.Page, cancellationToken))
        {
            if (step is not PageRead page)
            {
                yield return step switch
                {
                    ReadWaits waits => new PlanWaits(waits.Until, waits.Reason) { Failure = waits.Failure },
                    ReadFailed failed => new PlanFailed(failed.Error with { Message = $"The parent stream {Stream.Name} can't be read: {failed.Error.Message}" }),
                    _ => throw new InvalidOperationException($"Reading gave a {step.GetType().Name}."),
                };
                yield break;
            }

            greatest = Stream.Greatest(greatest, page.GreatestCursor);
            isEnded = page.NextPosition is null;
            if (isEnded) tracked?.Complete(slice, greatest);
            var partitions = Partitions(page.Records, slice);
            yield return new SlicesPlanned(partitions, isEnded ? after?.Write() : (position with { Page = page.NextPosition, Greatest = greatest }).Write()) { Parents = isEnded ? Read(slice, greatest) : [] };
        }

        if (isEnded) yield break;
        tracked?.Complete(slice, greatest);
        yield return new SlicesPlanned([], after?.Write()) { Parents = Read(slice, greatest) };
    }

    private IReadOnlyList<ParentRead> Read(StreamSlice slice, string? greatest) => IsIncremental ? [new ParentRead([Stream.Name], new CompleteSlice(slice, greatest))] : [];

    private List<StreamSlice> Partitions(IReadOnlyList<ReadOnlyMemory<byte>> records, StreamSlice parent)
    {
        var partitions = new List<StreamSlice>(records.Count);
        foreach (var json in records)
        {
            var record = ValueJsonReader.Read(json.Span);
            // A record without the key is no partition; the reference passes over it too.
            if (!Dpath.TryGet(record, Key, out var value)) continue;
            var partition = new DictValue { [Field] = value, [ParentSlice] = PartitionJson.Read(parent.Partition) };
            partitions.Add(PartitionJson.Slice(partition, Extra(record)));
        }

        return partitions;
    }

    private DictValue Extra(Value record)
    {
        var extra = new DictValue();
        if (Response is not null) extra[GivenResponse.Field] = Dpath.TryGet(record, Response, out var response) ? response : new ListValue([]);
        foreach (var path in ExtraFields)
            extra[string.Join('.', path)] = Dpath.TryGet(record, path, out var value) ? value : Value.None;
        return extra;
    }
}

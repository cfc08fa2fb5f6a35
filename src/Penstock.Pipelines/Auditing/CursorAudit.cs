using System.Runtime.CompilerServices;
using Penstock.Connectors.Streams;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Auditing;

/// <summary>Takes a stream's cursors over the landed windows once more, and holds the stored ones against that.</summary>
/// <param name="blobs">Lists cursors.</param>
/// <param name="documents">Reads them.</param>
/// <param name="ledger">Lists runs.</param>
/// <param name="opener">Opens the stream: how its cursor moves is the connector's to say.</param>
internal sealed class CursorAudit(IBlobStore blobs, DocumentStore documents, RunLedger ledger, IStreamOpener opener)
{
    // Some hundred bytes each: memory stays small however many partitions there are.
    private const int MostPartitions = 50_000;

    public async IAsyncEnumerable<AuditFinding> CheckAsync(AuditedStream of, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await opener.OpenAsync(of.Pipeline, of.Stream.Name, cancellationToken) is not StreamOpened { Stream: var stream })
        {
            yield return new AuditFinding(
                AuditRules.Unchecked, false, of.Name, "Its cursors can't be checked: the stream can't be opened.", $"Run 'penstock validate {of.Pipeline.Name}' to see why.");
            yield break;
        }

        var known = await ledger.FindStreamAsync(of.Pipeline.Name, of.Stream.Name, cancellationToken);
        if (known is { EditedAt: { } set, IsEditUnclear: true })
        {
            yield return new AuditFinding(
                AuditRules.Unchecked, false, of.Name, $"Its cursors can't be checked: an operator has set them while a run went on, {set:u}, or in part, so that the landed windows don't tell where they must be.",
                "Nothing, if that was meant. Set them again while no run goes on ('penstock state set'), and they are checked from there.");
            yield break;
        }

        var landed = new Dictionary<string, string?>(StringComparer.Ordinal);
        bool isWhole = known?.EditedAt is null || await TakeSetAsync(of, landed, cancellationToken);
        isWhole &= await TakeAsync(of, stream, known?.EditedAfter, landed, cancellationToken);
        await foreach ((string name, CursorShard shard) in ShardsAsync(of, cancellationToken))
        {
            foreach ((string partition, string cursor) in shard.Partitions)
            {
                of.Counts.Cursors++;
                bool isKnown = landed.TryGetValue(partition, out string? expected);
                if ((isKnown || isWhole) && expected != cursor)
                {
                    yield return new AuditFinding(
                        AuditRules.Cursor, true, name,
                        $"The cursor of {(partition == StreamSlice.NoPartition ? "the stream" : $"the partition {partition}")} is {cursor}, but the landed windows take it to {expected ?? "nowhere"}{(known?.EditedAt is { } from ? $", from where an operator set it {from:u}" : "")}.",
                        "If no older runs were deleted: backfill what lies between the two, then look at what changed the cursor.");
                }
            }
        }
    }

    private async IAsyncEnumerable<(string Name, CursorShard Shard)> ShardsAsync(AuditedStream of, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(StoredCursors.Folder(of.Pipeline.Name, of.Stream.Name), cancellationToken))
        {
            if ((await documents.FindAsync<CursorShard>(entry.Name, cancellationToken))?.Value is { } shard)
                yield return (entry.Name, shard);
        }
    }

    // Where an operator has set the cursors: they are followed from there. False if there are too many.
    private async ValueTask<bool> TakeSetAsync(AuditedStream of, Dictionary<string, string?> landed, CancellationToken cancellationToken)
    {
        await foreach ((_, CursorShard shard) in ShardsAsync(of, cancellationToken))
        {
            foreach ((string partition, string cursor) in shard.Set ?? CursorShard.Empty.Partitions)
            {
                if (landed.Count == MostPartitions)
                    return false;
                landed[partition] = cursor;
            }
        }

        return true;
    }

    // False if there are too many partitions to take all.
    private async ValueTask<bool> TakeAsync(AuditedStream of, IStream stream, string? after, Dictionary<string, string?> landed, CancellationToken cancellationToken)
    {
        bool isWhole = true;
        await foreach (Run run in ledger.ListAsync(of.Pipeline.Name, of.Stream.Name, cancellationToken))
        {
            // The active run's cursor is moved just before it ends.
            if (run.Kind != RunKind.Incremental || run.Status == RunStatus.Cancelled || (!run.HasEnded && !run.IsExhausted) || !RunBook.IsLater(run.Id, after))
                continue;
            string? partition = null;
            bool isBroken = false;
            var windows = new List<CompleteSlice>();
            await foreach ((StreamSlice slice, SliceEnd? end) in EndedAsync(run, cancellationToken))
            {
                if (slice.Partition != partition)
                {
                    Move();
                    (partition, isBroken) = (slice.Partition, false);
                }

                isBroken |= end?.Status != SliceStatus.Landed;
                if (!isBroken)
                    windows.Add(new CompleteSlice(slice, end!.GreatestCursor));
            }

            Move();

            void Move()
            {
                if (windows.Count > 0 && (landed.Count < MostPartitions || landed.ContainsKey(partition!)))
                    landed[partition!] = stream.Advance(landed.GetValueOrDefault(partition!), windows) ?? landed.GetValueOrDefault(partition!);
                else
                    isWhole &= windows.Count == 0;
                windows.Clear();
            }
        }

        return isWhole;
    }

    private async IAsyncEnumerable<(StreamSlice Slice, SliceEnd? End)> EndedAsync(Run run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int number = 0; number < run.Batches; number++)
        {
            var batch = await documents.FindAsync<PlanBatch>(RunNames.Batch(run, number), cancellationToken);
            var progress = await documents.FindAsync<BatchProgress>(RunNames.Progress(run, number), cancellationToken);
            for (int i = 0; i < batch?.Value.Slices.Count; i++)
                yield return (batch.Value.Slices[i], progress?.Value.Ended.GetValueOrDefault(batch.Value.First + i));
        }
    }
}

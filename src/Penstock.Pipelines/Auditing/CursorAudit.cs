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

        if ((await ledger.FindStreamAsync(of.Pipeline.Name, of.Stream.Name, cancellationToken))?.EditedAt is { } set)
        {
            yield return new AuditFinding(
                AuditRules.Unchecked, false, of.Name, $"Its cursors can't be checked: an operator has set them, the last time {set:u}, so that the landed windows don't tell where they must be.",
                "Nothing, if that was meant. 'penstock state' shows them.");
            yield break;
        }

        var landed = new Dictionary<string, string?>(StringComparer.Ordinal);
        bool isWhole = await TakeAsync(of, stream, landed, cancellationToken);
        string prefix = $"{BlobAreas.State}/cursors/{BlobNames.Segment(of.Pipeline.Name)}/{BlobNames.Segment(of.Stream.Name)}/";
        await foreach (BlobEntry entry in blobs.ListAsync(prefix, cancellationToken))
        {
            if ((await documents.FindAsync<CursorShard>(entry.Name, cancellationToken))?.Value is not { } shard)
                continue;
            foreach ((string partition, string cursor) in shard.Partitions)
            {
                of.Counts.Cursors++;
                bool isKnown = landed.TryGetValue(partition, out string? expected);
                if ((isKnown || isWhole) && expected != cursor)
                {
                    yield return new AuditFinding(
                        AuditRules.Cursor, true, entry.Name,
                        $"The cursor of {(partition == StreamSlice.NoPartition ? "the stream" : $"the partition {partition}")} is {cursor}, but the landed windows take it to {expected ?? "nowhere"}.",
                        "If no older runs were deleted: backfill what lies between the two, then look at what changed the cursor.");
                }
            }
        }
    }

    // False if there are too many partitions to take all.
    private async ValueTask<bool> TakeAsync(AuditedStream of, IStream stream, Dictionary<string, string?> landed, CancellationToken cancellationToken)
    {
        bool isWhole = true;
        await foreach (Run run in ledger.ListAsync(of.Pipeline.Name, of.Stream.Name, cancellationToken))
        {
            // The active run's cursor is moved just before it ends.
            if (run.Kind != RunKind.Incremental || run.Status == RunStatus.Cancelled || (!run.HasEnded && !run.IsExhausted))
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

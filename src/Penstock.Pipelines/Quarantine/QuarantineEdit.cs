using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Quarantine;

/// <summary>Takes records out of quarantine for good, and keeps the ledger's counts right: they count as filtered then.</summary>
/// <param name="blobs">Quarantine.</param>
/// <param name="documents">The ledger.</param>
public sealed class QuarantineEdit(IBlobStore blobs, DocumentStore documents)
{
    /// <summary>Takes records of one raw blob out. Doing it again changes nothing.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="rawBlob">The raw blob.</param>
    /// <param name="leaves">Which records go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many went.</returns>
    public async ValueTask<int> RemoveAsync(
        string pipeline, string stream, string rawBlob, Func<QuarantinedRecord, bool> leaves, CancellationToken cancellationToken = default)
    {
        string name = QuarantineWriter.NameFor(rawBlob);
        while (true)
        {
            if (await blobs.GetAsync(name, cancellationToken) is not { } found)
            {
                await SettleAsync(rawBlob, 0, cancellationToken);
                return 0;
            }

            using var kept = new RawBlobWriter();
            int removed = 0;
            await using (var lines = new RawLines(new MemoryStream(found.Content.ToArray())))
            {
                while (await lines.FillAsync(cancellationToken))
                {
                    while (lines.TryRead(out ReadOnlyMemory<byte> line))
                    {
                        if (leaves(QuarantinedRecord.Read(pipeline, stream, line)))
                            removed++;
                        else
                            kept.Add(line.Span);
                    }
                }
            }

            int left = kept.Records;
            bool isStored = removed == 0
                || (left == 0
                    ? await blobs.DeleteAsync(name, found.ETag, cancellationToken)
                    : await blobs.PutIfMatchAsync(name, kept.Finish(), found.ETag, cancellationToken) is Stored);
            if (!isStored)
                continue;
            await SettleAsync(rawBlob, left, cancellationToken);
            return removed;
        }
    }

    // What isn't in quarantine any more without having been curated was left out on purpose.
    private async ValueTask SettleAsync(string rawBlob, int left, CancellationToken cancellationToken) => await documents.ChangeAsync<TransformEntry>(
        TransformEntry.NameFor(rawBlob),
        entry => entry is null || entry.Quarantined <= left ? entry : entry with { Quarantined = left, Filtered = entry.Filtered + entry.Quarantined - left },
        cancellationToken);
}

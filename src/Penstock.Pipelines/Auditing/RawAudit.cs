using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Auditing;

/// <summary>Walks a stream's raw blobs beside their entries in the ledger: both lists are in the same order.</summary>
/// <param name="blobs">Lists both.</param>
/// <param name="documents">Reads slices.</param>
/// <param name="sender">Sends lost messages again.</param>
internal sealed class RawAudit(IBlobStore blobs, DocumentStore documents, WorkSender sender)
{
    private const int KeptSlices = 256;
    private static readonly TimeSpan SweptAfter = TimeSpan.FromDays(3);
    private readonly Dictionary<string, SliceDocument?> _kept = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<AuditFinding> CheckAsync(AuditedStream of, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string folder = RawNames.Folder(of.Pipeline.Name, of.Stream.Name);
        await using IAsyncEnumerator<BlobEntry> raw = blobs.ListAsync(folder, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using IAsyncEnumerator<BlobEntry> entries = blobs.ListAsync(TransformEntry.NameFor(folder)[..^".json".Length], cancellationToken).GetAsyncEnumerator(cancellationToken);
        bool hasRaw = await raw.MoveNextAsync();
        bool hasEntry = await entries.MoveNextAsync();
        while (hasRaw || hasEntry)
        {
            string? entered = hasEntry ? BlobOf(entries.Current.Name) : null;
            int order = !hasRaw ? 1 : entered is null ? -1 : string.CompareOrdinal(raw.Current.Name, entered);
            AuditFinding? finding = order > 0 ? Gone(of, entered!) : await CheckAsync(of, raw.Current, isTransformed: order == 0, cancellationToken);
            if (finding is not null)
                yield return finding;
            hasRaw = order <= 0 ? await raw.MoveNextAsync() : hasRaw;
            hasEntry = order >= 0 ? await entries.MoveNextAsync() : hasEntry;
        }
    }

    private async ValueTask<AuditFinding?> CheckAsync(AuditedStream of, BlobEntry blob, bool isTransformed, CancellationToken cancellationToken)
    {
        of.Counts.Blobs++;
        if (SliceBlobName.Parse(blob.Name) is not { } by)
            return isTransformed || !of.IsOld(blob.LastModified) || of.IsEntryKeptNoLonger(blob.Name) ? null : await ReceivedAsync(of, blob, cancellationToken);
        string name = RunNames.Slice(of.Pipeline.Name, of.Stream.Name, by.Run, by.Slice);
        SliceDocument? slice = await SliceAsync(name, cancellationToken);
        if (slice is not null && slice.Blobs.Any(landed => landed.Name == blob.Name))
            return null;
        if (isTransformed)
        {
            return new AuditFinding(
                AuditRules.RawUnnamed, true, blob.Name, $"It is transformed, but the slice {name} {(slice is null ? "isn't there" : "doesn't name it")}.",
                "Restore the slice's document. Until then the run's counts lack this blob.");
        }

        return blob.LastModified > of.Now - SweptAfter ? null : new AuditFinding(
            AuditRules.RawOrphan, false, blob.Name, "No slice has committed it: what an attempt had put when it died. Nobody reads it.",
            "Watch deletes such blobs after two days; see that its timer runs, or delete it.");
    }

    private async ValueTask<AuditFinding> ReceivedAsync(AuditedStream of, BlobEntry blob, CancellationToken cancellationToken)
    {
        var lost = new AuditFinding(
            AuditRules.NotTransformed, true, blob.Name, $"It was received {blob.LastModified:u} and never transformed: its message is lost, a dead letter, or still waits.",
            "Look at the dead letters; 'penstock audit --repair' sends its message again.");
        if (!of.Options.Repair)
            return lost;
        await sender.SendAsync(new TransformMessage(of.Pipeline.Name, of.Stream.Name, blob.Name), cancellationToken: cancellationToken);
        return lost with { Repair = "sent its transform again" };
    }

    // Blobs are in order of time, and those of one time mostly of the same few slices.
    private async ValueTask<SliceDocument?> SliceAsync(string name, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(name, out SliceDocument? kept))
            return kept;
        if (_kept.Count >= KeptSlices)
            _kept.Clear();
        return _kept[name] = (await documents.FindAsync<SliceDocument>(name, cancellationToken))?.Value;
    }

    private static AuditFinding? Gone(AuditedStream of, string blob) => of.IsRawKeptNoLonger(blob) ? null : new(
        AuditRules.RawMissing, SliceBlobName.Parse(blob) is null, blob, "The ledger says what became of its records, but it isn't there: they can't be replayed.",
        "Restore it from soft delete or a backup, if it wasn't deleted on purpose.");

    // ledger/transforms/PIPELINE/….jsonl.gz.json
    private static string BlobOf(string entry) => $"{BlobAreas.Raw}/{entry[(BlobAreas.Ledger.Length + "/transforms/".Length)..^".json".Length]}";
}

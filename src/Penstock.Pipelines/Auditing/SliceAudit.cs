using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Auditing;

/// <summary>Holds a slice's document against the raw blobs and the ledger.</summary>
/// <param name="blobs">Raw blobs.</param>
/// <param name="documents">The ledger.</param>
/// <param name="slices">Sends outboxes again.</param>
/// <param name="sender">Sends lost messages again.</param>
internal sealed class SliceAudit(IBlobStore blobs, DocumentStore documents, SliceBook slices, WorkSender sender)
{
    public async IAsyncEnumerable<AuditFinding> CheckAsync(
        AuditedStream of, Run run, string name, SliceDocument slice, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        of.Counts.Slices++;
        if (slice.Blobs.Sum(blob => (long)blob.Records) != slice.Records)
        {
            yield return new AuditFinding(
                AuditRules.Counts, true, name, $"Its blobs hold {slice.Blobs.Sum(blob => (long)blob.Records):N0} records, the slice says {slice.Records:N0}.",
                "Restore an earlier version of the document, or backfill the slice's window.");
        }

        foreach (LandedBlob blob in slice.Blobs)
        {
            of.Counts.Records += blob.Records;
            if (await MissingAsync(of, blob, name, cancellationToken) is { } missing)
                yield return missing;
            else if (await TransformedAsync(of, slice, blob, cancellationToken) is { } finding)
                yield return finding;
        }

        var message = new ExtractMessage(run.Pipeline, run.Stream, run.Id, slice.Batch, OrdinalIn(name));
        if (slice.Outbox.Count > 0 && of.IsOld(slice.ChangedAt))
        {
            var stuck = new AuditFinding(
                AuditRules.Outbox, true, name, $"The transforms of {slice.Outbox.Count} committed blobs were not sent since {slice.ChangedAt:u}.",
                "Run 'penstock audit --repair': it sends them again, which does no harm if they were sent.");
            yield return of.Options.Repair ? stuck with { Repair = await SendOutboxAsync(message, slice, cancellationToken) } : stuck;
        }

        if (slice is { Status: SliceStatus.Open, Lease: { } lease } && of.IsOld(lease.Until) && run is { HasEnded: false, IsHeld: false })
        {
            var expired = new AuditFinding(
                AuditRules.Lease, true, name, $"Its reader's lease ended {lease.Until:u}, and nobody has taken it up: its message is lost, or no worker runs.",
                "See that workers run; then run 'penstock audit --repair', which sends its message again.");
            yield return of.Options.Repair ? expired with { Repair = await SendAsync(message, cancellationToken) } : expired;
        }
    }

    private async ValueTask<AuditFinding?> MissingAsync(AuditedStream of, LandedBlob blob, string slice, CancellationToken cancellationToken)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(blob.Name, cancellationToken))
        {
            if (entry.Name != blob.Name)
                break;
            return entry.Size == blob.Bytes ? null : new AuditFinding(
                AuditRules.RawMissing, true, blob.Name, $"It has {entry.Size:N0} bytes, but {blob.Bytes:N0} were committed by {slice}.",
                "Raw blobs never change: restore its first version, or backfill the slice's window.");
        }

        return of.IsRawKeptNoLonger(blob.Name) ? null : new AuditFinding(
            AuditRules.RawMissing, true, blob.Name, $"The slice {slice} has committed it with {blob.Records:N0} records, but it isn't there.",
            "Restore it from soft delete or a backup, or backfill the slice's window.");
    }

    private async ValueTask<AuditFinding?> TransformedAsync(AuditedStream of, SliceDocument slice, LandedBlob blob, CancellationToken cancellationToken)
    {
        if ((await documents.FindAsync<TransformEntry>(TransformEntry.NameFor(blob.Name), cancellationToken))?.Value is { } entry)
            return CountsOf(entry, blob);
        if (slice.Outbox.Contains(blob.Name) || !of.IsOld(slice.ChangedAt) || of.IsEntryKeptNoLonger(blob.Name))
            return null;
        var lost = new AuditFinding(
            AuditRules.NotTransformed, true, blob.Name, $"It is landed since {slice.ChangedAt:u} and was never transformed: its message is lost, a dead letter, or still waits.",
            "Look at the dead letters; 'penstock audit --repair' sends its message again.");
        if (!of.Options.Repair)
            return lost;
        await sender.SendAsync(new TransformMessage(of.Pipeline.Name, of.Stream.Name, blob.Name), cancellationToken: cancellationToken);
        return lost with { Repair = "sent its transform again" };
    }

    private static AuditFinding? CountsOf(TransformEntry entry, LandedBlob blob) =>
        !entry.Balances ? new AuditFinding(
            AuditRules.Counts, true, blob.Name,
            $"Of {entry.Read:N0} records read, {entry.Curated:N0} are curated, {entry.Quarantined:N0} quarantined, {entry.Filtered:N0} filtered: {entry.Read - entry.Curated - entry.Quarantined - entry.Filtered:N0} are missing.",
            "Replay the blob; if it stays so, this is a bug of Penstock.")
        : entry.Read != blob.Records ? new AuditFinding(
            AuditRules.Counts, true, blob.Name, $"{blob.Records:N0} records were landed, but {entry.Read:N0} were read.", "Replay the blob; if it stays so, the blob was changed.")
        : null;

    private async ValueTask<string> SendOutboxAsync(ExtractMessage message, SliceDocument slice, CancellationToken cancellationToken)
    {
        await slices.EmptyOutboxAsync(message, cancellationToken);
        return $"sent {slice.Outbox.Count} transforms again";
    }

    private async ValueTask<string> SendAsync(ExtractMessage message, CancellationToken cancellationToken)
    {
        await sender.SendAsync(message, cancellationToken: cancellationToken);
        return "sent its extract message again";
    }

    // …/slice-00000000.json
    private static int OrdinalIn(string name) => int.Parse(name.AsSpan(name.Length - 13, 8), System.Globalization.CultureInfo.InvariantCulture);
}

using System.Security.Cryptography;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Erasing;

/// <summary>
/// Erases a subject from a raw blob and from what came of it: the curated records, the quarantined ones. A line is replaced, so that
/// the others keep their numbers; one whose name is encrypted stays, and its key is destroyed. Raw goes last, for it is what the
/// others are found by.
/// </summary>
/// <param name="blobs">Raw.</param>
/// <param name="documents">The ledger.</param>
/// <param name="shelf">What is in quarantine.</param>
/// <param name="quarantine">Takes it out.</param>
/// <param name="curated">The curated records of raw lines.</param>
/// <param name="lake">Their rows in lake files.</param>
/// <param name="sealing">The keys of what is encrypted.</param>
/// <param name="book">Takes notes.</param>
internal sealed class RawSweep(
    IBlobStore blobs, DocumentStore documents, QuarantineShelf shelf, QuarantineEdit quarantine, CuratedTrace curated, LakeSweep lake, SubjectStepSource sealing, ErasureBook book)
{
    /// <summary>Erases; null if all is done, else the reason why it can't be done now.</summary>
    public async ValueTask<string?> EraseAsync(ErasureScope scope, Pipeline pipeline, PipelineStream stream, string rawBlob, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await blobs.GetAsync(rawBlob, cancellationToken) is not { } raw)
                return null;
            IReadOnlyDictionary<SubjectId, byte[]?>? keys = stream.RawEncryption is null ? null : await sealing.KeysOfAsync(rawBlob, cancellationToken);
            using RawRewrite rewrite = await RawRewrite.ReadAsync(raw.Content, scope, stream, keys, cancellationToken);
            if (rewrite.Lines.Count == 0)
            {
                // A crash may have come between the rewriting and the counting.
                if (rewrite.HasErased && (await NotedAsync("erased") ?? await NotedAsync("shredded")) is { } earlier)
                    await SettleAsync(scope.Erasure, earlier, cancellationToken);
                return null;

                ValueTask<ErasureFinding?> NotedAsync(string action) => book.FindAsync(scope.Erasure, "raw", rawBlob, action, cancellationToken);
            }

            (int passing, string? reason) = await curated.EraseAsync(scope.Erasure, pipeline, stream, rawBlob, rewrite.Lines, cancellationToken);
            if (reason is not null)
                return reason;
            await lake.EraseAsync(scope.Erasure, pipeline, stream, rawBlob, rewrite.Lines, cancellationToken);
            await EraseQuarantinedAsync(scope, pipeline, stream, rawBlob, rewrite, cancellationToken);
            ReadOnlyMemory<byte> content = rewrite.Replaced > 0 ? rewrite.Finish() : raw.Content;
            ErasureFinding note = await book.NoteAsync(
                scope.Erasure,
                new ErasureFinding("raw", rawBlob, rewrite.Replaced > 0 ? "erased" : "shredded", rewrite.Lines.Count, Hash(raw.Content), Hash(content)) { Curated = passing, Shredded = rewrite.Sealed },
                cancellationToken);
            if (rewrite.Replaced > 0 && await blobs.PutIfMatchAsync(rawBlob, content, raw.ETag, cancellationToken) is PutConflict)
                continue;
            await SettleAsync(scope.Erasure, note, cancellationToken);
            return null;
        }
    }

    private async ValueTask EraseQuarantinedAsync(
        ErasureScope scope, Pipeline pipeline, PipelineStream stream, string rawBlob, RawRewrite rewrite, CancellationToken cancellationToken)
    {
        string name = QuarantineWriter.NameFor(rawBlob);
        var lines = rewrite.Lines.Select(line => line.Number).ToHashSet();
        int records = (await shelf.ReadAsync(pipeline.Name, stream.Name, rawBlob, cancellationToken)).Count(record => lines.Contains(record.Line));
        if (records > 0)
        {
            string? before = await blobs.GetAsync(name, cancellationToken) is { } found ? Hash(found.Content) : null;
            await book.NoteAsync(scope.Erasure, new ErasureFinding("quarantine", name, "removed", records, before), cancellationToken);
        }
        else if (await book.FindAsync(scope.Erasure, "quarantine", name, "removed", cancellationToken) is null)
            return;
        // Also if a crash came after they were taken out: the ledger may not know it yet.
        await quarantine.RemoveAsync(pipeline.Name, stream.Name, rawBlob, record => lines.Contains(record.Line), cancellationToken);
    }

    // The entry says which erasure it counts: however often a crash has it done again, it is counted once.
    private async ValueTask SettleAsync(Erasure erasure, ErasureFinding note, CancellationToken cancellationToken)
    {
        string by = $"{erasure.Id}.{erasure.Sweep}";
        await documents.ChangeAsync<TransformEntry>(
            TransformEntry.NameFor(note.Item),
            // An entry that is younger than the note was made without the records.
            entry => entry is null || entry.At > note.At || entry.ErasedBy.Contains(by)
                ? entry
                : entry with
                {
                    Curated = Math.Max(0, entry.Curated - note.Curated),
                    Filtered = entry.Filtered + Math.Min(entry.Curated, note.Curated),
                    Erased = entry.Erased + note.Records,
                    ErasedBy = [.. entry.ErasedBy, by],
                },
            cancellationToken);
    }

    private static string Hash(ReadOnlyMemory<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content.Span));
}

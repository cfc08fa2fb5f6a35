using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Erasing;

/// <summary>Finds the curated records that came of raw lines, by taking the lines the same way once more, and erases them.</summary>
/// <param name="transforms">The way.</param>
/// <param name="curated">The curated records.</param>
/// <param name="book">Takes notes.</param>
internal sealed class CuratedTrace(StreamTransforms transforms, ICuratedStore curated, ErasureBook book)
{
    /// <summary>Erases; gives how many of the lines come out as curated records, or the reason why it can't be done now.</summary>
    public async ValueTask<(int Curated, string? Reason)> EraseAsync(
        Erasure erasure, Pipeline pipeline, PipelineStream stream, string rawBlob, IReadOnlyList<ErasedRecord> lines, CancellationToken cancellationToken)
    {
        if (await transforms.FindAsync(pipeline, stream, cancellationToken) is not { } transform)
            return (0, $"The stream '{pipeline.Name}/{stream.Name}' can't be opened. Run 'penstock validate {pipeline.Name}' to see why.");
        var context = new BlobContext(pipeline, stream, rawBlob, RawNames.TakenAt(rawBlob) ?? DateTimeOffset.MinValue, null);
        (RecordFlow? flow, string? unavailable) = await transform.BeginAsync(context, cancellationToken, first: StepPlace.Envelope);
        if (flow is null)
            return (0, unavailable);
        using (flow)
        {
            var keys = new HashSet<string>(StringComparer.Ordinal);
            List<(string Key, string Version)> identities = Identities(transform, flow, context, lines);
            foreach ((string key, string version) in identities)
            {
                // The latest record of the key may have come of another line, and is that line's concern: it may be about somebody else.
                // A history is one person's as a whole.
                if (transform.Table is not { History: HistoryMode.Latest, KeepsDeleted: false }
                    || (await curated.FindAsync(transform.Table, key, cancellationToken) is { } record && record.Version == version))
                    keys.Add(key);
            }

            if (keys.Count > 0)
            {
                await book.NoteAsync(erasure, new ErasureFinding("curated", $"{pipeline.Name}/{stream.Name} of {rawBlob}", "removed", keys.Count), cancellationToken);
                // Last the records themselves: by them it is known that there is something to delete.
                foreach (CuratedTable table in CuratedTables.Of(pipeline, stream).Reverse())
                    await curated.DeleteAsync(table, [.. keys], cancellationToken);
            }

            return (identities.Count, null);
        }
    }

    private static List<(string Key, string Version)> Identities(
        StreamTransform transform, RecordFlow flow, BlobContext blob, IReadOnlyList<ErasedRecord> lines)
    {
        var identity = new IdentityReader(transform.Identity);
        var ties = new TieBreaks(blob.Name, blob.TakenAt);
        Span<char> buffer = stackalloc char[TieBreaks.MaxLength];
        var found = new List<(string, string)>();
        foreach (ErasedRecord line in lines)
        {
            string? eventOrder = transform.Stream.Reception is null ? null : EventOrder.Of(line.Record);
            if (flow.Run(line.Number, line.Record, out ReadOnlySpan<byte> record) is StepVerdict.Passed or StepVerdict.Rewritten
                && identity.Read(record, flow.Context.IsValid, ties.Of(eventOrder, line.Number, buffer), flow.Context.Version, flow.Context.Digest) is null)
                found.Add((identity.Key, identity.Version));
        }

        return found;
    }
}

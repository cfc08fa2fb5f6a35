using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Quarantine;

/// <summary>The records that were set aside: a blob of them for each raw blob that has any.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="blobs">Where they are.</param>
public sealed class QuarantineShelf(IPipelineCatalog catalog, IBlobStore blobs)
{
    /// <summary>Lists records, those of the newest raw blob of each stream first, a blob's in order of their lines.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">The id of the last one that is known already; null to begin.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<QuarantinedRecord> ListAsync(
        QuarantineFilter filter, string? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (string Blob, long Line)? last = after is null ? null : QuarantinedRecord.Parse(after);
        foreach ((string pipeline, string stream) in await StreamsAsync(filter, cancellationToken))
        {
            if (last is not null && !last.Value.Blob.StartsWith(RawNames.Folder(pipeline, stream), StringComparison.Ordinal))
                continue;
            var raw = new List<string>();
            if (filter.Ids is { } ids)
                raw.AddRange(ids.Select(QuarantinedRecord.Parse).OfType<(string Blob, long)>().Select(id => id.Blob).Where(blob => blob.StartsWith(RawNames.Folder(pipeline, stream), StringComparison.Ordinal)).Distinct());
            else
            {
                await foreach (BlobEntry entry in blobs.ListAsync(QuarantineWriter.NameFor(RawNames.Folder(pipeline, stream)), cancellationToken))
                    raw.Add(RawBlobOf(entry.Name));
            }

            raw.Sort(StringComparer.Ordinal);
            for (int i = raw.Count - 1; i >= 0; i--)
            {
                if (last is not null && string.CompareOrdinal(raw[i], last.Value.Blob) > 0)
                    continue;
                long known = last?.Blob == raw[i] ? last.Value.Line : 0;
                foreach (QuarantinedRecord record in (await ReadAsync(pipeline, stream, raw[i], cancellationToken)).Where(filter.Takes))
                {
                    if (record.Line > known)
                        yield return record;
                }
            }

            last = null;
        }
    }

    /// <summary>The raw blob that a quarantine blob belongs to.</summary>
    public static string RawBlobOf(string quarantineBlob) => $"{BlobAreas.Raw}/{quarantineBlob[(BlobAreas.Quarantine.Length + 1)..]}";

    /// <summary>Finds one record; null if it isn't in quarantine, or not any more.</summary>
    public async ValueTask<QuarantinedRecord?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        await foreach (QuarantinedRecord record in ListAsync(new QuarantineFilter(Ids: [id]), cancellationToken: cancellationToken))
            return record;
        return null;
    }

    /// <summary>The records of one raw blob, in order of their lines.</summary>
    public async ValueTask<IReadOnlyList<QuarantinedRecord>> ReadAsync(string pipeline, string stream, string rawBlob, CancellationToken cancellationToken = default)
    {
        var records = new List<QuarantinedRecord>();
        if (await blobs.OpenAsync(QuarantineWriter.NameFor(rawBlob), cancellationToken) is not { } content)
            return records;
        await using var lines = new RawLines(content);
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryRead(out ReadOnlyMemory<byte> line))
                records.Add(QuarantinedRecord.Read(pipeline, stream, line));
        }

        return records;
    }

    /// <summary>The streams that a filter means, and all that were ever there if it names none.</summary>
    private async ValueTask<IReadOnlyList<(string Pipeline, string Stream)>> StreamsAsync(QuarantineFilter filter, CancellationToken cancellationToken)
    {
        if (filter is { Pipeline: { } pipeline, Stream: { } stream })
            return [(pipeline, stream)];
        IEnumerable<Pipeline> pipelines = (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>().Select(usable => usable.Pipeline);
        return [.. pipelines.Where(one => filter.Pipeline is null || one.Name == filter.Pipeline).SelectMany(one => one.Streams.Select(known => (one.Name, known.Name)))];
    }
}

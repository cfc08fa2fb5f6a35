using System.Runtime.CompilerServices;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Lake;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Transforming;
using Penstock.Pipelines.Watching;

namespace Penstock.Pipelines.Retention;

/// <summary>
/// Deletes what a stream keeps no longer, a bounded number at each look. Raw that was never transformed stays: it is data that
/// somebody still waits for.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="blobs">Raw, quarantine and the ledger.</param>
/// <param name="documents">Says what was transformed.</param>
/// <param name="curated">The curated records.</param>
/// <param name="time">The clock.</param>
public sealed class RetentionMonitor(
    IPipelineCatalog catalog, IBlobStore blobs, DocumentStore documents, ICuratedStore curated, TimeProvider time) : IMonitor
{
    /// <summary>The most blobs of a layer, and the most curated records, that one look deletes of one stream.</summary>
    public const int AtOnce = 500;

    private const string EntryExtension = ".json";

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (UsablePipeline entry in (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>())
        {
            foreach (PipelineStream stream in entry.Pipeline.Streams.Where(stream => stream.Retention != StreamRetention.None))
            {
                foreach ((string layer, Func<ValueTask<int>> delete) in Layers(entry.Pipeline, stream, cancellationToken))
                {
                    if (await delete() is > 0 and int deleted)
                        yield return $"deleted {deleted} {layer} of {entry.Name}/{stream.Name} that are kept no longer";
                }
            }
        }
    }

    private IEnumerable<(string Layer, Func<ValueTask<int>> Delete)> Layers(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken)
    {
        StreamRetention retention = stream.Retention;
        string folder = RawNames.Folder(pipeline.Name, stream.Name);
        DateTimeOffset now = time.GetUtcNow();
        if (retention.Raw is { } raw)
            yield return ("raw blobs", () => DeleteAsync(folder, name => name, raw.Before(now), mustBeTransformed: true, cancellationToken));
        if (retention.Quarantine is { } quarantine)
            yield return ("quarantine blobs", () => DeleteAsync(QuarantineWriter.NameFor(folder), QuarantineShelf.RawBlobOf, quarantine.Before(now), mustBeTransformed: false, cancellationToken));
        if (retention.Ledger is { } ledger)
            yield return ("ledger entries", () => DeleteAsync(TransformEntry.NameFor(folder)[..^EntryExtension.Length], RawBlobOfEntry, ledger.Before(now), mustBeTransformed: false, cancellationToken));
        foreach (CuratedTable table in retention.Lake is null ? [] : CuratedTables.Of(pipeline, stream))
            yield return ("lake files", () => DeleteLakeAsync(LakeNames.Folder(pipeline.Name, table.Stream), retention.Lake!.Before(now), cancellationToken));
        if (retention.Curated is { } rows)
            yield return ("curated records", () => DeleteCuratedAsync(pipeline, stream, rows.Before(now), cancellationToken));
    }

    // Names are in order of time: nothing after the first that is young enough needs to be looked at.
    private async ValueTask<int> DeleteAsync(
        string folder, Func<string, string> rawBlobOf, DateTimeOffset before, bool mustBeTransformed, CancellationToken cancellationToken)
    {
        int deleted = 0;
        await foreach (BlobEntry blob in blobs.ListAsync(folder, cancellationToken))
        {
            string rawBlob = rawBlobOf(blob.Name);
            if (RawNames.TakenAt(rawBlob) is not { } takenAt)
                continue;
            if (takenAt >= before || deleted == AtOnce)
                break;
            if (mustBeTransformed && await documents.FindAsync<TransformEntry>(TransformEntry.NameFor(rawBlob), cancellationToken) is null)
                continue;
            deleted += await blobs.DeleteAsync(blob.Name, blob.ETag, cancellationToken) ? 1 : 0;
        }

        return deleted;
    }

    private async ValueTask<int> DeleteLakeAsync(string folder, DateTimeOffset before, CancellationToken cancellationToken)
    {
        int deleted = 0;
        await foreach (BlobEntry file in blobs.ListAsync(folder, cancellationToken))
        {
            if (LakeNames.TakenAt(file.Name) is not { } takenAt)
                continue;
            if (takenAt >= before || deleted == AtOnce)
                break;
            deleted += await blobs.DeleteAsync(file.Name, file.ETag, cancellationToken) ? 1 : 0;
        }

        return deleted;
    }

    // Once a day, until a look finds fewer than it may delete: a table is read as a whole.
    private async ValueTask<int> DeleteCuratedAsync(Pipeline pipeline, PipelineStream stream, DateTimeOffset before, CancellationToken cancellationToken)
    {
        string marker = $"{BlobAreas.Ledger}/retained/{RawNames.Folder(pipeline.Name, stream.Name, time.GetUtcNow())[..^1]}";
        if (await blobs.GetAsync(marker, cancellationToken) is not null)
            return 0;
        IReadOnlyList<CuratedTable> tables = CuratedTables.Of(pipeline, stream);
        var keys = new List<string>();
        (string? key, DateTimeOffset newest) = (null, default);
        await foreach (CuratedRecord row in curated.ReadAsync(tables[0], cancellationToken))
        {
            if (row.Key != key)
                Take();
            (key, newest) = (row.Key, CuratedVersion.TimeOf(row.Version));
            if (keys.Count == AtOnce)
                break;
        }

        if (keys.Count < AtOnce)
            Take();
        foreach (CuratedTable table in tables.Reverse())
            await curated.DeleteAsync(table, keys, cancellationToken);
        if (keys.Count < AtOnce)
            await blobs.PutIfAbsentAsync(marker, ReadOnlyMemory<byte>.Empty, cancellationToken);
        return keys.Count;

        // A key goes when its newest row is too old.
        void Take()
        {
            if (key is not null && newest < before)
                keys.Add(key);
        }
    }

    private static string RawBlobOfEntry(string entry) => $"{BlobAreas.Raw}/{entry[$"{BlobAreas.Ledger}/transforms/".Length..^EntryExtension.Length]}";
}

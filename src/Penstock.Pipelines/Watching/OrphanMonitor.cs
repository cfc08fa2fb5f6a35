using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Deletes raw blobs that no slice has committed: what an attempt had put when it died. Once a day, for the day before
/// yesterday, and only where the slice has ended, so that nobody can commit the blob any more.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="blobs">Raw blobs.</param>
/// <param name="documents">The slices.</param>
/// <param name="time">The clock.</param>
public sealed class OrphanMonitor(IPipelineCatalog catalog, IBlobStore blobs, DocumentStore documents, TimeProvider time) : IMonitor
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        DateTimeOffset day = time.GetUtcNow().AddDays(-2);
        foreach (UsablePipeline entry in (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>())
        {
            foreach (PipelineStream stream in entry.Pipeline.Streams.Where(stream => stream.Reception is null))
            {
                string marker = $"{BlobAreas.Ledger}/swept/{RawNames.Folder(entry.Name, stream.Name, day)[..^1]}";
                if (await blobs.GetAsync(marker, cancellationToken) is not null)
                    continue;
                int deleted = await SweepAsync(entry.Name, stream.Name, day, cancellationToken);
                await blobs.PutIfAbsentAsync(marker, ReadOnlyMemory<byte>.Empty, cancellationToken);
                if (deleted > 0)
                    yield return $"deleted {deleted} uncommitted raw blobs of {entry.Name}/{stream.Name}";
            }
        }
    }

    private async ValueTask<int> SweepAsync(string pipeline, string stream, DateTimeOffset day, CancellationToken cancellationToken)
    {
        int deleted = 0;
        await foreach (BlobEntry blob in blobs.ListAsync(RawNames.Folder(pipeline, stream, day), cancellationToken))
        {
            if (SliceBlobName.Parse(blob.Name) is not { } of)
                continue;
            string name = RunNames.Slice(pipeline, stream, of.Run, of.Slice);
            if ((await documents.FindAsync<SliceDocument>(name, cancellationToken))?.Value is not { Status: not SliceStatus.Open } slice
                || slice.Blobs.Any(landed => landed.Name == blob.Name))
                continue;
            deleted += await blobs.DeleteAsync(blob.Name, blob.ETag, cancellationToken) ? 1 : 0;
        }

        return deleted;
    }
}

using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Replays;

/// <summary>Finds the raw blobs that a filter means, in the order of streams and of the time they were taken.</summary>
/// <param name="blobs">The listing.</param>
/// <param name="documents">What became of them before.</param>
/// <param name="time">The clock.</param>
public sealed class RawBlobs(IBlobStore blobs, DocumentStore documents, TimeProvider time)
{
    /// <summary>What a filter says of blobs that were checked against no contract.</summary>
    public const string NoContract = "none";

    /// <summary>Gives the blobs after a position; one that is looked at and isn't meant is given as null, so that the caller sees how far it is.</summary>
    public async IAsyncEnumerable<(string Looked, ReplayBlob? Found)> FindAsync(
        ReplayFilter filter, string? after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string stream in filter.Streams)
        {
            string folder = RawNames.Folder(filter.Pipeline, stream);
            bool isHere = after is not null && after.StartsWith(folder, StringComparison.Ordinal);
            // Streams are worked on in their order: those before the position's are done.
            if (after is not null && !isHere)
                continue;
            await foreach (BlobEntry blob in NamesAsync(filter, stream, after, cancellationToken))
            {
                if (after is not null && string.CompareOrdinal(blob.Name, after) <= 0)
                    continue;
                yield return (blob.Name, await IsMeantAsync(filter, stream, blob.Name, cancellationToken) ? new ReplayBlob(stream, blob.Name) : null);
            }

            after = null;
        }
    }

    private async IAsyncEnumerable<BlobEntry> NamesAsync(
        ReplayFilter filter, string stream, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DateTimeOffset? first = after is null ? filter.From : RawNames.TakenAt(after);
        if (first is not { } day)
        {
            await foreach (BlobEntry blob in blobs.ListAsync(RawNames.Folder(filter.Pipeline, stream), cancellationToken))
                yield return blob;
            yield break;
        }

        // Day by day: what lies before needn't be listed.
        DateTimeOffset end = filter.To ?? time.GetUtcNow();
        for (day = new DateTimeOffset(day.UtcDateTime.Date, TimeSpan.Zero); day <= end; day = day.AddDays(1))
        {
            await foreach (BlobEntry blob in blobs.ListAsync(RawNames.Folder(filter.Pipeline, stream, day), cancellationToken))
                yield return blob;
        }
    }

    private async ValueTask<bool> IsMeantAsync(ReplayFilter filter, string stream, string blob, CancellationToken cancellationToken)
    {
        if (RawNames.TakenAt(blob) is not { } at || at < filter.From || at >= filter.To || (filter.Blobs.Count > 0 && !filter.Blobs.Contains(blob)))
            return false;
        TransformEntry? entry = (await documents.FindAsync<TransformEntry>(TransformEntry.NameFor(blob), cancellationToken))?.Value;
        if (filter.Contract is { } contract)
            return entry is not null && (entry.Contract ?? NoContract) == contract;
        return entry is not null || await IsCommittedAsync(filter.Pipeline, stream, blob, cancellationToken);
    }

    // What an attempt has put and not committed isn't data yet, and never is if it died: nobody reads it, and it is swept away.
    private async ValueTask<bool> IsCommittedAsync(string pipeline, string stream, string blob, CancellationToken cancellationToken) =>
        SliceBlobName.Parse(blob) is not { } of
        || await documents.FindAsync<SliceDocument>(RunNames.Slice(pipeline, stream, of.Run, of.Slice), cancellationToken) is not { Value: var slice }
        || slice.Blobs.Any(landed => landed.Name == blob);
}

using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Quality;

/// <summary>Keeps what the records of each blob were like.</summary>
/// <param name="documents">Where it is kept.</param>
/// <param name="blobs">Its listing.</param>
public sealed class QualityBook(DocumentStore documents, IBlobStore blobs)
{
    /// <summary>Takes down what a blob was like.</summary>
    public async ValueTask PutAsync(BlobQuality quality, CancellationToken cancellationToken = default) =>
        await documents.CreateAsync(quality.Name, quality, cancellationToken);

    /// <summary>What a stream's blobs were like that were transformed in one hour and come after a name, in order.</summary>
    public async IAsyncEnumerable<BlobQuality> ListAsync(
        string pipeline, string stream, DateTimeOffset hour, string after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(BlobQuality.FolderOf(pipeline, stream, hour), cancellationToken))
        {
            if (string.CompareOrdinal(entry.Name, after) > 0 && (await documents.FindAsync<BlobQuality>(entry.Name, cancellationToken))?.Value is { } quality)
                yield return quality;
        }
    }
}

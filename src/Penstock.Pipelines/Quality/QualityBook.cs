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

    /// <summary>What a stream's blobs were like that were transformed in one hour, in order.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="hour">The hour.</param>
    /// <param name="from">Those that were transformed before that time are left out, without a look at them.</param>
    /// <param name="known">The names of those to leave out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<BlobQuality> ListAsync(
        string pipeline, string stream, DateTimeOffset hour, DateTimeOffset from, IReadOnlySet<string> known,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string first = BlobQuality.PrefixOf(pipeline, stream, from);
        await foreach (BlobEntry entry in blobs.ListAsync(BlobQuality.FolderOf(pipeline, stream, hour), cancellationToken))
        {
            if (string.CompareOrdinal(entry.Name, first) >= 0 && !known.Contains(entry.Name)
                && (await documents.FindAsync<BlobQuality>(entry.Name, cancellationToken))?.Value is { } quality)
                yield return quality;
        }
    }

    /// <summary>Takes away what was taken down before a time: by then it is curated as data.</summary>
    public async ValueTask SweepAsync(string pipeline, string stream, DateTimeOffset before, CancellationToken cancellationToken = default)
    {
        string last = BlobQuality.PrefixOf(pipeline, stream, before);
        var old = new List<string>();
        await foreach (BlobEntry entry in blobs.ListAsync(BlobQuality.FolderOf(pipeline, stream), cancellationToken))
        {
            if (string.CompareOrdinal(entry.Name, last) < 0)
                old.Add(entry.Name);
        }

        foreach (string name in old)
            await blobs.DeleteAsync(name, cancellationToken: cancellationToken);
    }
}

using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Drift;

/// <summary>Keeps what is known of the streams' columns, and how they have drifted.</summary>
/// <param name="documents">Where it is kept.</param>
/// <param name="blobs">Its listing.</param>
public sealed class DriftBook(DocumentStore documents, IBlobStore blobs)
{
    /// <summary>What is known of a stream; null if none of its blobs was transformed yet.</summary>
    public async ValueTask<StreamSchema?> FindAsync(string pipeline, string stream, CancellationToken cancellationToken = default) =>
        (await documents.FindAsync<StreamSchema>(StreamSchema.NameFor(pipeline, stream), cancellationToken))?.Value;

    /// <summary>What is known of every stream.</summary>
    public async IAsyncEnumerable<StreamSchema> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(StreamSchema.Folder, cancellationToken))
        {
            if ((await documents.FindAsync<StreamSchema>(entry.Name, cancellationToken))?.Value is { } schema)
                yield return schema;
        }
    }

    /// <summary>Adds what a blob showed; most blobs show nothing new, and nothing is read or written.</summary>
    /// <returns>What is known now.</returns>
    internal async ValueTask<StreamSchema?> MergeAsync(SchemaSighting sighting, StreamSchema? known, CancellationToken cancellationToken = default)
    {
        if (!sighting.IsNews(known))
            return known;
        string name = StreamSchema.NameFor(sighting.Blob.Pipeline.Name, sighting.Blob.Stream.Name);
        return (await documents.ChangeAsync<StreamSchema>(name, sighting.Merge, cancellationToken))?.Value;
    }
}

using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Drift;

/// <summary>Tells which streams have left something in the stores and are in no pipeline any more. What a broken pipeline has isn't known, so none of its streams is.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="blobs">Every stream of which a record was transformed has a document there.</param>
/// <param name="documents">Reads it.</param>
public sealed class RemovedStreams(IPipelineCatalog catalog, IBlobStore blobs, DocumentStore documents)
{
    /// <summary>Lists them by pipeline and name: one listing, and one read for each that is removed.</summary>
    public async IAsyncEnumerable<(string Pipeline, string Stream)> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<PipelineEntry> entries = await catalog.ListAsync(cancellationToken);
        HashSet<string> known =
            [.. entries.OfType<UsablePipeline>().SelectMany(entry => entry.Pipeline.Streams.Select(stream => StreamSchema.NameFor(entry.Name, stream.Name)))];
        string[] broken = [.. entries.OfType<BrokenPipeline>().Select(entry => $"{StreamSchema.Folder}{BlobNames.Segment(entry.Name)}/")];
        var removed = new List<string>();
        await foreach (BlobEntry entry in blobs.ListAsync(StreamSchema.Folder, cancellationToken))
        {
            if (!known.Contains(entry.Name) && !broken.Any(folder => entry.Name.StartsWith(folder, StringComparison.Ordinal)))
                removed.Add(entry.Name);
        }

        foreach (string name in removed)
        {
            if ((await documents.FindAsync<StreamSchema>(name, cancellationToken))?.Value is { } schema)
                yield return (schema.Pipeline, schema.Stream);
        }
    }
}

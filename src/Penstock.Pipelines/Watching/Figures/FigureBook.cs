using Penstock.Pipelines.Documents;

namespace Penstock.Pipelines.Watching.Figures;

/// <summary>Finds the streams' histories.</summary>
/// <param name="documents">Where they are kept.</param>
public sealed class FigureBook(DocumentStore documents)
{
    /// <summary>A stream's history; null if none of its blobs was transformed yet.</summary>
    public async ValueTask<StreamFigures?> FindAsync(string pipeline, string stream, CancellationToken cancellationToken = default) =>
        (await documents.FindAsync<StreamFigures>(StreamFigures.NameFor(pipeline, stream), cancellationToken))?.Value;
}

using Penstock.Connectors.Streams;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Documents;

namespace Penstock.Pipelines.Runs;

/// <summary>Moves the cursors of a stream's parents over what a run has read of them, when all that came of it is landed.</summary>
/// <param name="documents">Where runs and cursors are kept.</param>
/// <param name="run">The run.</param>
internal sealed class ParentCursors(DocumentStore documents, Run run)
{
    private const int PartitionsAtOnce = 5_000;

    /// <summary>Moves them. Doing it again changes nothing.</summary>
    /// <param name="stream">The run's stream.</param>
    /// <param name="cancellationToken">Ends the moving; the rest is moved when it is done again.</param>
    public async ValueTask AdvanceAsync(IStream stream, CancellationToken cancellationToken)
    {
        var parents = new Dictionary<string, Parent>(StringComparer.Ordinal);
        for (int number = 0; number < run.Batches; number++)
        {
            var batch = await documents.FindAsync<PlanBatch>(RunNames.Batch(run, number), cancellationToken);
            foreach (ParentRead read in batch?.Value.Parents ?? [])
            {
                string key = string.Join('\n', read.Path);
                if (!parents.TryGetValue(key, out Parent? parent) && Find(stream, read.Path) is { } found)
                    parents[key] = parent = found;
                if (parent is null)
                    continue;
                // A partition's windows follow one another, and only together do they show how far it has come.
                if (parent.Complete.Count >= PartitionsAtOnce && !parent.Complete.ContainsKey(read.Complete.Slice.Partition))
                    await MoveAsync(parent, cancellationToken);
                if (!parent.Complete.TryGetValue(read.Complete.Slice.Partition, out IReadOnlyList<CompleteSlice>? windows))
                    parent.Complete[read.Complete.Slice.Partition] = windows = new List<CompleteSlice>();
                ((List<CompleteSlice>)windows).Add(read.Complete);
            }
        }

        foreach (Parent parent in parents.Values)
            await MoveAsync(parent, cancellationToken);
    }

    private Parent? Find(IStream stream, IReadOnlyList<string> path)
    {
        IStream? parent = stream;
        var cursors = new StoredCursors(documents, run.Pipeline, run.Stream);
        foreach (string name in path)
            (parent, cursors) = (parent?.Parent(name), cursors.OfParent(name));
        return parent is null ? null : new Parent(parent, cursors, new Dictionary<string, IReadOnlyList<CompleteSlice>>(StringComparer.Ordinal));
    }

    private static async ValueTask MoveAsync(Parent parent, CancellationToken cancellationToken)
    {
        await parent.Cursors.MoveAsync(parent.Complete, parent.Stream.Advance, cancellationToken);
        parent.Complete.Clear();
    }

    private sealed record Parent(IStream Stream, StoredCursors Cursors, Dictionary<string, IReadOnlyList<CompleteSlice>> Complete);
}

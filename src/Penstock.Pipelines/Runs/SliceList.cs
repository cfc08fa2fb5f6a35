using Penstock.Connectors.Streams;
using Penstock.Pipelines.Documents;

namespace Penstock.Pipelines.Runs;

/// <summary>Reads some of a run's slices, wherever in the run they are.</summary>
/// <param name="documents">Where runs are kept.</param>
public sealed class SliceList(DocumentStore documents)
{
    private const int ReadsAtOnce = 16;

    /// <summary>Gives up to <paramref name="count"/> slices from an ordinal on; fewer where no more are planned.</summary>
    public async ValueTask<IReadOnlyList<ListedSlice>> ReadAsync(Run run, int first, int count, CancellationToken cancellationToken = default)
    {
        var planned = new List<(int Ordinal, StreamSlice Slice)>();
        for (int number = await BatchOfAsync(run, first, cancellationToken); number < run.Batches && planned.Count < count; number++)
        {
            if (await documents.FindAsync<PlanBatch>(RunNames.Batch(run, number), cancellationToken) is not { Value: var batch })
                break;
            for (int i = Math.Max(0, first - batch.First); i < batch.Slices.Count && planned.Count < count; i++)
                planned.Add((batch.First + i, batch.Slices[i]));
        }

        var slices = new ListedSlice[planned.Count];
        var together = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current };
        await Parallel.ForAsync(0, slices.Length, together, async (i, token) =>
        {
            var document = await documents.FindAsync<SliceDocument>(RunNames.Slice(run.Pipeline, run.Stream, run.Id, planned[i].Ordinal), token);
            slices[i] = new ListedSlice(planned[i].Ordinal, planned[i].Slice, document?.Value);
        });
        return slices;
    }

    /// <summary>Finds the batch of a slice: batches are in order of their slices, and have as many as the source gave.</summary>
    public async ValueTask<int> BatchOfAsync(Run run, int ordinal, CancellationToken cancellationToken = default)
    {
        (int low, int high) = (0, Math.Max(0, run.Batches - 1));
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            PlanBatch? batch = (await documents.FindAsync<PlanBatch>(RunNames.Batch(run, middle), cancellationToken))?.Value;
            (low, high) = batch is null || batch.First > ordinal ? (low, middle - 1) : (middle, high);
        }

        return low;
    }
}

/// <summary>A slice as it was planned, and how far it is.</summary>
/// <param name="Ordinal">Its ordinal in the run.</param>
/// <param name="Planned">The slice.</param>
/// <param name="Document">How far it is; null if it wasn't begun.</param>
public sealed record ListedSlice(int Ordinal, StreamSlice Planned, SliceDocument? Document);

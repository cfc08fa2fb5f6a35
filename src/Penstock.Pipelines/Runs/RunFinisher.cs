using Penstock.Connectors.Streams;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;

namespace Penstock.Pipelines.Runs;

/// <summary>Ends runs whose slices have all ended, and moves the cursor over the windows that are complete.</summary>
/// <param name="documents">Where runs are kept.</param>
/// <param name="runs">The runs.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="opener">Opens streams.</param>
/// <param name="refreshes">Takes what a complete run says of records that don't come any more.</param>
public sealed class RunFinisher(DocumentStore documents, RunBook runs, IPipelineCatalog catalog, IStreamOpener opener, RunRefresh refreshes)
{
    private const int PartitionsAtOnce = 5_000;

    /// <summary>
    /// Ends an exhausted run. False if the stream can't be opened now: planning tries again each minute. A backfill never
    /// moves the cursor, nor does a run that isn't its stream's active one any more.
    /// </summary>
    public async ValueTask<bool> FinishAsync(Run run, CancellationToken cancellationToken = default)
    {
        var stream = await documents.FindAsync<StreamDocument>(RunNames.Stream(run.Pipeline, run.Stream), cancellationToken);
        if (run.Kind == RunKind.Incremental && stream?.Value.ActiveRun == run.Id)
        {
            if (await OpenAsync(run, cancellationToken) is not { } opened)
                return false;
            bool isComplete = await AreAllLandedAsync(run, cancellationToken);
            if (isComplete && !await refreshes.CompareAsync(run, opened, stream.Value.ComparedAt, cancellationToken))
                return false;
            await AdvanceAsync(run, opened, cancellationToken);
            // A child that failed is found again only if its parent's cursor stays.
            if (isComplete)
                await new ParentCursors(documents, run).AdvanceAsync(opened, cancellationToken);
        }

        string? error = await FirstErrorAsync(run, cancellationToken);
        await runs.EndAsync(run, error is null ? RunStatus.Completed : RunStatus.Failed, error, cancellationToken);
        return true;
    }

    private async ValueTask<IStream?> OpenAsync(Run run, CancellationToken cancellationToken) =>
        await catalog.FindAsync(run.Pipeline, cancellationToken) is UsablePipeline usable
        && await opener.OpenAsync(usable.Pipeline, run.Stream, cancellationToken) is StreamOpened opened
            ? opened.Stream
            : null;

    private async ValueTask AdvanceAsync(Run run, IStream stream, CancellationToken cancellationToken)
    {
        var cursors = new StoredCursors(documents, run.Pipeline, run.Stream);
        var complete = new Dictionary<string, IReadOnlyList<CompleteSlice>>(StringComparer.Ordinal);
        var windows = new List<CompleteSlice>();
        string? partition = null;
        bool isBroken = false;
        await foreach ((StreamSlice slice, SliceEnd? end) in EndedSlicesAsync(run, cancellationToken))
        {
            if (slice.Partition != partition)
            {
                await MoveAsync();
                (partition, isBroken) = (slice.Partition, false);
            }

            // The cursor stops before the first window that isn't landed, whatever is landed after it.
            isBroken |= end?.Status != SliceStatus.Landed;
            if (!isBroken)
                windows.Add(new CompleteSlice(slice, end!.GreatestCursor));
        }

        await MoveAsync();
        await cursors.MoveAsync(complete, stream.Advance, cancellationToken);

        async ValueTask MoveAsync()
        {
            // A partition may come twice: its parent changed while parents were listed.
            if (windows.Count > 0)
                complete[partition!] = [.. complete.GetValueOrDefault(partition!, []), .. windows];
            windows.Clear();
            if (complete.Count >= PartitionsAtOnce)
            {
                await cursors.MoveAsync(complete, stream.Advance, cancellationToken);
                complete.Clear();
            }
        }
    }

    private async ValueTask<bool> AreAllLandedAsync(Run run, CancellationToken cancellationToken)
    {
        await foreach ((_, SliceEnd? end) in EndedSlicesAsync(run, cancellationToken))
        {
            if (end?.Status != SliceStatus.Landed)
                return false;
        }

        return true;
    }

    private async ValueTask<string?> FirstErrorAsync(Run run, CancellationToken cancellationToken)
    {
        int failed = 0;
        string? first = null;
        await foreach ((_, SliceEnd? end) in EndedSlicesAsync(run, cancellationToken))
        {
            if (end?.Status == SliceStatus.Failed)
                (failed, first) = (failed + 1, first ?? end.Error);
        }

        return failed == 0 ? null : $"{failed} of {run.Slices} slices failed; the first: {first}";
    }

    private async IAsyncEnumerable<(StreamSlice Slice, SliceEnd? End)> EndedSlicesAsync(
        Run run, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int number = 0; number < run.Batches; number++)
        {
            var batch = await documents.FindAsync<PlanBatch>(RunNames.Batch(run, number), cancellationToken);
            var progress = await documents.FindAsync<BatchProgress>(RunNames.Progress(run, number), cancellationToken);
            for (int i = 0; i < batch?.Value.Slices.Count; i++)
                yield return (batch.Value.Slices[i], progress?.Value.Ended.GetValueOrDefault(batch.Value.First + i));
        }
    }
}

using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;

namespace Penstock.Pipelines.Runs;

/// <summary>
/// Lets only so many slices of a backfill into the queue as may be read at once; each that ends lets the next one in. So live
/// runs find a short queue, however many slices the backfill has.
/// </summary>
/// <param name="documents">Where runs are kept.</param>
/// <param name="slices">Finds batches.</param>
/// <param name="sender">Sends work.</param>
public sealed class SliceLanes(DocumentStore documents, SliceList slices, WorkSender sender)
{
    /// <summary>
    /// Sends as many slices as have room, by what has ended so far: doing it again after a crash sends what is missing, and a
    /// message too many does no harm.
    /// </summary>
    public async ValueTask AdvanceAsync(string pipeline, string stream, string id, CancellationToken cancellationToken = default)
    {
        if ((await documents.FindAsync<Run>(RunNames.Run(pipeline, stream, id), cancellationToken))?.Value is not { Lanes: { } lanes, HasEnded: false, IsHeld: false } run)
            return;
        int until = Math.Min(run.Slices, await EndedAsync(run, cancellationToken) + lanes);
        if (until <= run.Sent)
            return;
        await SendAsync(run, run.Sent, until, cancellationToken);
        await documents.ChangeAsync<Run>(
            RunNames.Run(pipeline, stream, id), current => current is null || current.Sent >= until ? current : current with { Sent = until }, cancellationToken);
    }

    /// <summary>Sends every slice again that was sent and hasn't ended: after a pause, or after messages were lost. Gives how many.</summary>
    /// <param name="run">The run.</param>
    /// <param name="dueBefore">A slice that waits until later is left out: its message is in the queue, and isn't due. Null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<int> ResendAsync(Run run, DateTimeOffset? dueBefore = null, CancellationToken cancellationToken = default)
    {
        int sent = run.Lanes is null ? run.Slices : run.Sent;
        int again = 0;
        for (int batch = 0; batch < run.Batches; batch++)
        {
            if (run.BatchesEnded.Contains(batch))
                continue;
            if ((await documents.FindAsync<PlanBatch>(RunNames.Batch(run, batch), cancellationToken))?.Value is not { } planned || planned.First >= sent)
                return again;
            BatchProgress progress = (await documents.FindAsync<BatchProgress>(RunNames.Progress(run, batch), cancellationToken))?.Value ?? BatchProgress.None;
            // Whoever entered the last slice may have died before it ended the batch: then that slice does it.
            bool isFull = progress.Ended.Count >= planned.Slices.Count;
            for (int ordinal = planned.First; ordinal < Math.Min(sent, planned.First + planned.Slices.Count); ordinal++)
            {
                if (isFull ? ordinal > planned.First : progress.Ended.ContainsKey(ordinal) || await WaitsAsync(run, ordinal, dueBefore, cancellationToken))
                    continue;
                await sender.SendAsync(new ExtractMessage(run.Pipeline, run.Stream, run.Id, batch, ordinal), context: run.Trace, cancellationToken: cancellationToken);
                again++;
            }
        }

        return again;
    }

    private async ValueTask<bool> WaitsAsync(Run run, int ordinal, DateTimeOffset? dueBefore, CancellationToken cancellationToken) =>
        dueBefore is { } due
        && (await documents.FindAsync<SliceDocument>(RunNames.Slice(run.Pipeline, run.Stream, run.Id, ordinal), cancellationToken))?.Value.WaitsUntil > due;

    private async ValueTask SendAsync(Run run, int from, int until, CancellationToken cancellationToken)
    {
        for (int batch = await slices.BatchOfAsync(run, from, cancellationToken), ordinal = from; ordinal < until; batch++)
        {
            if ((await documents.FindAsync<PlanBatch>(RunNames.Batch(run, batch), cancellationToken))?.Value is not { } planned)
                return;
            for (int end = Math.Min(until, planned.First + planned.Slices.Count); ordinal < end; ordinal++)
                await sender.SendAsync(new ExtractMessage(run.Pipeline, run.Stream, run.Id, batch, ordinal), context: run.Trace, cancellationToken: cancellationToken);
        }
    }

    // Of batches that have ended the run knows how many slices they had; only those that are under way are looked at.
    private async ValueTask<int> EndedAsync(Run run, CancellationToken cancellationToken)
    {
        int ended = run.SlicesInEnded;
        for (int batch = 0, first = 0; batch < run.Batches && first <= run.Sent; batch++)
        {
            if (run.BatchesEnded.Contains(batch))
                continue;
            if (await documents.FindAsync<BatchProgress>(RunNames.Progress(run, batch), cancellationToken) is { } progress)
                ended += progress.Value.Ended.Count;
            else if (await documents.FindAsync<PlanBatch>(RunNames.Batch(run, batch), cancellationToken) is { } planned)
                first = planned.Value.First;
        }

        return ended;
    }
}

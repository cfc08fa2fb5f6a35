using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;

namespace Penstock.Pipelines.Runs;

/// <summary>Enters slices that have ended; the last one ends the run. Entering a slice twice changes nothing.</summary>
/// <param name="documents">Where runs are kept.</param>
/// <param name="finisher">Ends runs.</param>
/// <param name="lanes">Lets the next slices in.</param>
public sealed class SliceEnds(DocumentStore documents, RunFinisher finisher, SliceLanes lanes)
{
    // What entering a slice uses, after its last document is written: the progress is read and written, its batch is read.
    internal static Usage Entering { get; } = new() { BlobReads = 2, BlobWrites = 1 };

    /// <summary>Enters a slice.</summary>
    public async ValueTask EnterAsync(Run run, ExtractMessage message, SliceDocument slice, CancellationToken cancellationToken = default)
    {
        SliceEnd end = EndOf(slice);
        var progress = await documents.ChangeAsync<BatchProgress>(
            RunNames.Progress(run, message.Batch), current => (current ?? BatchProgress.None).With(message.Slice, end), cancellationToken);
        var batch = await documents.FindAsync<PlanBatch>(RunNames.Batch(run, message.Batch), cancellationToken);
        if (progress is not null && progress.Value.Ended.Count >= batch?.Value.Slices.Count)
            await EndBatchAsync(run, message.Batch, batch.Value.Slices.Count, cancellationToken);
        if (run.Lanes is not null)
            await lanes.AdvanceAsync(run.Pipeline, run.Stream, run.Id, cancellationToken);
    }

    /// <summary>Enters a batch whose slices have all ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="slices">How many slices it has.</param>
    /// <param name="cancellationToken">Ends the entering.</param>
    public async ValueTask EndBatchAsync(Run run, int batch, int slices, CancellationToken cancellationToken = default)
    {
        var changed = await documents.ChangeAsync<Run>(
            RunNames.Run(run.Pipeline, run.Stream, run.Id),
            current => current is null || current.BatchesEnded.Contains(batch)
                ? current
                : current with { BatchesEnded = [.. current.BatchesEnded.Append(batch).Order()], SlicesInEnded = current.SlicesInEnded + slices },
            cancellationToken);
        if (changed?.Value is { IsExhausted: true } exhausted)
            await finisher.FinishAsync(exhausted, cancellationToken);
    }

    private static SliceEnd EndOf(SliceDocument slice) =>
        new(slice.Status, slice.GreatestCursor, slice.Records, slice.Status == SliceStatus.Failed ? slice.Remark : null)
        {
            Filtered = slice.Filtered,
            Calls = slice.Calls,
            Throttled = slice.Throttled,
            Usage = slice.Usage,
            Blobs = slice.Blobs.Count,
            Bytes = slice.Blobs.Sum(blob => (long)blob.Bytes),
            StartedAt = slice.StartedAt,
            EndedAt = slice.ChangedAt,
        };
}

using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Sends the extract message of a slice again that should be worked on and isn't: its message became a dead letter, or was
/// lost in an emptied queue. One message too many does no harm.
/// </summary>
/// <param name="documents">Where runs are kept.</param>
/// <param name="runs">The runs.</param>
/// <param name="lanes">Lets slices of backfills into the queue.</param>
/// <param name="sender">Sends work.</param>
/// <param name="time">The clock.</param>
public sealed class LostMessageMonitor(DocumentStore documents, RunBook runs, SliceLanes lanes, WorkSender sender, TimeProvider time) : IMonitor
{
    /// <summary>How long a slice may rest without a word before its message counts as lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (OpenRunMarker open in runs.ListOpenAsync(cancellationToken))
        {
            if ((await runs.FindAsync(open.Pipeline, open.Stream, open.Run, cancellationToken))?.Value is not { HasEnded: false, IsHeld: false } run)
                continue;
            await lanes.AdvanceAsync(run.Pipeline, run.Stream, run.Id, cancellationToken);
            int sent = 0;
            for (int batch = 0; batch < run.Batches; batch++)
            {
                if (!run.BatchesEnded.Contains(batch))
                    sent += await ResendAsync(run, batch, cancellationToken);
            }

            if (sent > 0)
                yield return $"sent {sent} extract messages of {run.Pipeline}/{run.Stream} run {run.Id} again";
        }
    }

    private async ValueTask<int> ResendAsync(Run run, int number, CancellationToken cancellationToken)
    {
        if ((await documents.FindAsync<PlanBatch>(RunNames.Batch(run, number), cancellationToken))?.Value is not { } batch)
            return 0;
        BatchProgress progress = (await documents.FindAsync<BatchProgress>(RunNames.Progress(run, number), cancellationToken))?.Value ?? BatchProgress.None;
        int sent = 0;
        for (int ordinal = batch.First; ordinal < batch.First + batch.Slices.Count; ordinal++)
        {
            // Slices that were never let into the queue aren't lost.
            if (ordinal >= run.Sent && run.Lanes is not null)
                break;
            if (progress.Ended.ContainsKey(ordinal) || !await IsForgottenAsync(run, ordinal, cancellationToken))
                continue;
            await sender.SendAsync(new ExtractMessage(run.Pipeline, run.Stream, run.Id, number, ordinal), cancellationToken: cancellationToken);
            sent++;
        }

        return sent;
    }

    private async ValueTask<bool> IsForgottenAsync(Run run, int ordinal, CancellationToken cancellationToken)
    {
        string name = RunNames.Slice(run.Pipeline, run.Stream, run.Id, ordinal);
        SliceDocument? slice = (await documents.FindAsync<SliceDocument>(name, cancellationToken))?.Value;
        DateTimeOffset now = time.GetUtcNow();
        return now - (slice?.ChangedAt ?? run.CreatedAt) > Patience && !(slice?.Lease?.Until > now);
    }
}

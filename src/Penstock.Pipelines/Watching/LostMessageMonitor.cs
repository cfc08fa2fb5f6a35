using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Watching;

/// <summary>
/// Sends the extract messages of a run again that should go on and doesn't: they became dead letters, or were lost in an
/// emptied queue. A run in which anything happens only has a long queue: its messages are there, and more of them wouldn't help.
/// Nor is a message lost that waits in the queue for the source's quota.
/// </summary>
/// <param name="catalog">The pipelines: those that are paused or broken aren't meant to go on.</param>
/// <param name="pauses">Nor are those that operators paused.</param>
/// <param name="blobs">The runs' documents: when anything was last written.</param>
/// <param name="runs">The runs.</param>
/// <param name="lanes">Sends slices.</param>
/// <param name="time">The clock.</param>
public sealed class LostMessageMonitor(IPipelineCatalog catalog, PauseBook pauses, IBlobStore blobs, RunBook runs, SliceLanes lanes, TimeProvider time) : IMonitor
{
    /// <summary>How long a run may rest without a word before its messages count as lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (OpenRunMarker open in runs.ListOpenAsync(cancellationToken))
        {
            if (await catalog.FindAsync(open.Pipeline, cancellationToken) is not UsablePipeline { Pipeline.Paused: false }
                || await pauses.IsPausedAsync(open.Pipeline, cancellationToken)
                || (await runs.FindAsync(open.Pipeline, open.Stream, open.Run, cancellationToken))?.Value is not { HasEnded: false, IsHeld: false } run)
                continue;
            await lanes.AdvanceAsync(run.Pipeline, run.Stream, run.Id, cancellationToken);
            DateTimeOffset since = time.GetUtcNow() - Patience;
            if (!await IsSilentAsync(run, since, cancellationToken) || await lanes.ResendAsync(run, since, cancellationToken) is not (> 0 and var sent))
                continue;
            await NoteAsync(run, cancellationToken);
            yield return $"sent {sent} extract messages of {run.Pipeline}/{run.Stream} run {run.Id} again";
        }
    }

    private async ValueTask<bool> IsSilentAsync(Run run, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await foreach (BlobEntry entry in blobs.ListAsync(RunNames.Folder(run.Pipeline, run.Stream, run.Id), cancellationToken))
        {
            if (entry.LastModified >= since)
                return false;
        }

        return true;
    }

    // Counts as a word of the run: while workers are down, messages don't pile up.
    private async ValueTask NoteAsync(Run run, CancellationToken cancellationToken)
    {
        string note = $"{RunNames.Folder(run.Pipeline, run.Stream, run.Id)}resent";
        await blobs.DeleteAsync(note, cancellationToken: cancellationToken);
        await blobs.PutIfAbsentAsync(note, ReadOnlyMemory<byte>.Empty, cancellationToken);
    }
}

using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Watching;

namespace Penstock.Pipelines.Lineage;

/// <summary>
/// Tells the lineage of runs, beside them: a run only leaves a note that it began, so that no lineage server can slow or fail it.
/// What can't be delivered is told at a later look; after three days it is given up.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="reader">Reads lineage.</param>
/// <param name="ledger">Counts.</param>
/// <param name="documents">Notes and runs.</param>
/// <param name="blobs">Lists notes.</param>
/// <param name="delivery">Delivers.</param>
/// <param name="alarm">Told when nothing can be delivered.</param>
/// <param name="options">Whether anything is told.</param>
/// <param name="time">The clock.</param>
public sealed class LineageMonitor(
    IPipelineCatalog catalog, LineageReader reader, RunLedger ledger, DocumentStore documents, IBlobStore blobs, LineageDelivery delivery,
    LineageAlarm alarm, LineageOptions options, TimeProvider time) : IMonitor
{
    private static readonly TimeSpan RunningInterval = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan PatienceForCuration = TimeSpan.FromHours(1);
    private static readonly TimeSpan PatienceForDelivery = TimeSpan.FromDays(3);
    private readonly OpenLineageEvent _events = new(options);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!options.IsOn)
            yield break;
        bool isReached = false;
        await foreach (BlobEntry entry in blobs.ListAsync(LineageNote.Folder, cancellationToken))
        {
            if (await documents.FindAsync<LineageNote>(entry.Name, cancellationToken) is not { } note)
                continue;
            switch (await TellAsync(note, cancellationToken))
            {
                case NotDelivered { Reason: var reason }:
                    // The others would wait for the same time-out: they are told at the next look.
                    if (await alarm.RaiseAsync(reason, cancellationToken) is { } raised)
                        yield return raised;
                    yield break;
                case EventRefused { Reason: var refusal }:
                    yield return $"lineage of {note.Value.Pipeline}/{note.Value.Stream} {note.Value.Run}: {refusal}";
                    break;
                default:
                    isReached = true;
                    break;
            }
        }

        if (isReached && await alarm.ResolveAsync(cancellationToken) is { } over)
            yield return over;
    }

    private async ValueTask<DeliveryOutcome> TellAsync(Document<LineageNote> document, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        LineageNote note = document.Value;
        Run? run = (await documents.FindAsync<Run>(RunNames.Run(note.Pipeline, note.Stream, note.Run), cancellationToken))?.Value;
        if (run is null || now - (run.EndedAt ?? now) > PatienceForDelivery)
        {
            // A run whose note is there and which isn't is just being begun.
            if (run is not null || now - note.At > PatienceForCuration)
                await blobs.DeleteAsync(document.Name, document.ETag, cancellationToken);
            return new Delivered();
        }

        StreamLineage? lineage = await catalog.FindAsync(run.Pipeline, cancellationToken) is UsablePipeline { Pipeline: var pipeline } && pipeline.Find(run.Stream) is { } stream
            ? await reader.ReadAsync(pipeline, stream, cancellationToken)
            : null;
        DeliveryOutcome outcome = new Delivered();
        if (note.ToldAt is null)
        {
            outcome = await SendAsync(LineageEventType.Start, run.CreatedAt, run, lineage, null, cancellationToken);
            if (outcome is not NotDelivered)
                document = await documents.ReplaceAsync(document, note with { ToldAt = now }, cancellationToken) ?? document;
        }
        else if (!run.HasEnded && now - note.ToldAt >= RunningInterval)
        {
            outcome = await SendAsync(LineageEventType.Running, now, run, lineage, null, cancellationToken);
            if (outcome is not NotDelivered)
                document = await documents.ReplaceAsync(document, note with { ToldAt = now }, cancellationToken) ?? document;
        }

        return outcome is NotDelivered || !run.HasEnded ? outcome : await EndAsync(document, run, lineage, now, cancellationToken);
    }

    // What it landed is counted once all of it is curated.
    private async ValueTask<DeliveryOutcome> EndAsync(Document<LineageNote> document, Run run, StreamLineage? lineage, DateTimeOffset now, CancellationToken cancellationToken)
    {
        RunCounts counts = await ledger.CountAsync(run, cancellationToken);
        if (!counts.IsCurated && now - run.EndedAt < PatienceForCuration)
            return new Delivered();
        LineageEventType type = run.Status switch
        {
            RunStatus.Completed => LineageEventType.Complete,
            RunStatus.Cancelled => LineageEventType.Abort,
            _ => LineageEventType.Fail,
        };
        DeliveryOutcome outcome = await SendAsync(type, run.EndedAt ?? now, run, lineage, counts, cancellationToken);
        if (outcome is not NotDelivered)
            await blobs.DeleteAsync(document.Name, cancellationToken: cancellationToken);
        return outcome;
    }

    private ValueTask<DeliveryOutcome> SendAsync(
        LineageEventType type, DateTimeOffset at, Run run, StreamLineage? lineage, RunCounts? counts, CancellationToken cancellationToken)
    {
        string suffix = type == LineageEventType.Running ? $"-{at.ToUnixTimeSeconds()}" : "";
        return delivery.SendAsync(
            $"{run.Pipeline}.{run.Stream}-{_events.IdOf(run)}-{type.ToString().ToLowerInvariant()}{suffix}", at, _events.Write(type, at, run, lineage, counts), cancellationToken);
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Watching;

namespace Penstock.Pipelines.Lineage;

/// <summary>Tells the lineage of received streams: each hour in which something came is told as a run, once all of it is curated.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="reader">Reads lineage.</param>
/// <param name="hours">Counts.</param>
/// <param name="documents">How far they are told.</param>
/// <param name="delivery">Delivers.</param>
/// <param name="alarm">Told when nothing can be delivered.</param>
/// <param name="options">Whether anything is told.</param>
/// <param name="time">The clock.</param>
public sealed class ReceivedLineageMonitor(
    IPipelineCatalog catalog, LineageReader reader, ReceivedHours hours, DocumentStore documents, LineageDelivery delivery, LineageAlarm alarm, LineageOptions options,
    TimeProvider time) : IMonitor
{
    private const string Folder = BlobAreas.State + "/lineage-hours/";
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PatienceForCuration = TimeSpan.FromHours(1);
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(3);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);
    private readonly OpenLineageEvent _events = new(options);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (!options.IsOn)
            yield break;
        DateTimeOffset until = ReceivedHours.Of(time.GetUtcNow() - Settling);
        bool isReached = false;
        foreach (UsablePipeline entry in (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>())
        {
            foreach (PipelineStream stream in entry.Pipeline.Streams.Where(stream => stream.Reception is not null))
            {
                if (await TellAsync(entry.Pipeline, stream, until, cancellationToken) is not { } outcome)
                    continue;
                if (outcome is NotDelivered { Reason: var reason })
                {
                    if (await alarm.RaiseAsync(reason, cancellationToken) is { } raised)
                        yield return raised;
                    yield break;
                }

                isReached = true;
                if (outcome is EventRefused { Reason: var refusal })
                    yield return $"lineage of {entry.Name}/{stream.Name}: {refusal}";
            }
        }

        if (isReached && await alarm.ResolveAsync(cancellationToken) is { } over)
            yield return over;
    }

    // Gives what became of the last event; null if there was none.
    private async ValueTask<DeliveryOutcome?> TellAsync(Pipeline pipeline, PipelineStream stream, DateTimeOffset until, CancellationToken cancellationToken)
    {
        string name = $"{Folder}{BlobNames.Segment(pipeline.Name)}/{BlobNames.Segment(stream.Name)}.json";
        if (_told.TryGetValue(name, out DateTimeOffset known) && known >= until)
            return null;
        DateTimeOffset? told = (await documents.FindAsync<ToldHours>(name, cancellationToken))?.Value.Until;
        DateTimeOffset next = told is { } at && at > until - Furthest ? at : told is null ? until - ReceivedHours.Hour : until - Furthest;
        DeliveryOutcome? outcome = null;
        for (; next < until; next += ReceivedHours.Hour)
        {
            RunCounts counts = await hours.CountAsync(pipeline, stream, next, cancellationToken);
            if (!counts.IsCurated && time.GetUtcNow() - (next + ReceivedHours.Hour) < PatienceForCuration)
                break;
            if (counts.Blobs == 0)
                continue;
            outcome = await SendAsync(ReceivedHours.RunOf(pipeline, stream, next), await reader.ReadAsync(pipeline, stream, cancellationToken), counts, cancellationToken);
            if (outcome is NotDelivered)
                break;
        }

        if (told != next)
            await documents.ChangeAsync<ToldHours>(name, before => before?.Until > next ? before : new ToldHours(next), cancellationToken);
        _told[name] = next;
        return outcome;
    }

    private async ValueTask<DeliveryOutcome> SendAsync(Run run, StreamLineage lineage, RunCounts counts, CancellationToken cancellationToken)
    {
        DeliveryOutcome begun = await SendAsync(LineageEventType.Start, run.CreatedAt, run, lineage, null, cancellationToken);
        return begun is NotDelivered ? begun : await SendAsync(LineageEventType.Complete, run.EndedAt!.Value, run, lineage, counts, cancellationToken);
    }

    private ValueTask<DeliveryOutcome> SendAsync(LineageEventType type, DateTimeOffset at, Run run, StreamLineage lineage, RunCounts? counts, CancellationToken cancellationToken) =>
        delivery.SendAsync($"{run.Pipeline}.{run.Stream}-{_events.IdOf(run)}-{type.ToString().ToLowerInvariant()}", at, _events.Write(type, at, run, lineage, counts), cancellationToken);
}

/// <summary>How far the hours of a received stream are told.</summary>
/// <param name="Until">The first instant that isn't.</param>
public sealed record ToldHours(DateTimeOffset Until);

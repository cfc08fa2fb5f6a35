using System.Globalization;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Receiving;

/// <summary>Lands a batch of an Event Hubs partition for every stream that receives the hub's events.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="receive">Lands.</param>
public sealed class HubReceiver(IPipelineCatalog catalog, ReceiveStage receive)
{
    /// <summary>Lands a batch.</summary>
    /// <param name="hub">The Event Hub's name; a pipeline's <c>event_hub</c> says the same.</param>
    /// <param name="partition">The partition's id.</param>
    /// <param name="events">The events, at least one, in the partition's order.</param>
    /// <param name="cancellationToken">Ends the landing; nothing may be acknowledged then.</param>
    /// <returns>
    /// <see cref="BatchLanded"/> if every stream that receives the hub has the batch. <see cref="BatchRefused"/> if there is no
    /// such stream: then the batch must come again until a pipeline takes it, for the hub is the only place that still has it.
    /// </returns>
    public async Task<ReceiveOutcome> RunAsync(
        string hub, string partition, IReadOnlyList<HubEvent> events, CancellationToken cancellationToken = default)
    {
        List<(string Pipeline, string Stream)> receivers = await FindReceiversAsync(hub, cancellationToken);
        if (receivers.Count == 0)
            return new BatchRefused($"No pipeline that can run receives the Event Hub '{hub}'. Write 'receive: {{ event_hub: {hub} }}' at a stream, or mend the pipeline that has it.");

        List<ReadOnlyMemory<byte>> records = [.. events.SelectMany(one => HubEventReader.Read(hub, partition, one))];
        string source = string.Create(CultureInfo.InvariantCulture, $"{hub}.{partition}.{events[0].SequenceNumber}-{events[^1].SequenceNumber}");
        List<TraceContext> origins = [.. events.Select(EventOrigin.Of).OfType<TraceContext>()];
        ReceiveOutcome outcome = new BatchLanded(null, 0);
        foreach ((string pipeline, string stream) in receivers)
        {
            var batch = new ReceivedBatch(pipeline, stream, source, events[0].EnqueuedAt, records) { Events = events.Count, Origins = origins };
            outcome = await receive.RunAsync(batch, cancellationToken);
            if (outcome is not BatchLanded)
                return outcome;
        }

        return outcome;
    }

    private async ValueTask<List<(string Pipeline, string Stream)>> FindReceiversAsync(string hub, CancellationToken cancellationToken) =>
        [.. from entry in (await catalog.ListAsync(cancellationToken)).OfType<UsablePipeline>()
            from stream in entry.Pipeline.Streams
            where string.Equals(stream.Reception?.EventHub, hub, StringComparison.OrdinalIgnoreCase)
            select (entry.Name, stream.Name)];
}

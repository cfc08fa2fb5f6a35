using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Penstock.Http;
using Penstock.Http.Bodies;
using Penstock.Http.Problems;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Stages;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Cli.LocalHost.EventHubs;

/// <summary>
/// The send API of Event Hubs (https://learn.microsoft.com/rest/api/eventhub/event-hubs-runtime-rest), so that a sender needs
/// only another address: <c>POST /{hub}/messages</c>, <c>/{hub}/partitions/{id}/messages</c>, <c>/{hub}/publishers/{name}/messages</c>.
/// 201 means that the events are landed. <c>timeout</c> and <c>api-version</c> are taken and have no effect.
/// </summary>
/// <param name="edge">What all endpoints do.</param>
/// <param name="receiver">Lands, as behind the trigger.</param>
/// <param name="numbers">Numbers events.</param>
/// <param name="partitions">Places events.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures go that the sender can't mend.</param>
internal sealed class EventHubEndpoints(
    HttpEdge edge, HubReceiver receiver, SequenceNumbers numbers, Partitions partitions, TimeProvider time, ILogger<EventHubEndpoints> log)
{
    // Of a Standard namespace: an event, and a batch as well, has at most 1 MB.
    private const int MaxBytes = 1024 * 1024;
    private const int MaxNameLength = 256;
    private static readonly TimeSpan RetryTime = TimeSpan.FromSeconds(10);

    public Task<IResult> PostAsync(HttpRequest request, string hub, CancellationToken cancellationToken) =>
        PostAsync(request, hub, partition: null, publisher: null, cancellationToken);

    public Task<IResult> PostToPublisherAsync(HttpRequest request, string hub, string publisher, CancellationToken cancellationToken) =>
        PostAsync(request, hub, partition: null, publisher, cancellationToken);

    public Task<IResult> PostToPartitionAsync(HttpRequest request, string hub, string partition, CancellationToken cancellationToken) =>
        PostAsync(request, hub, partition, publisher: null, cancellationToken);

    private Task<IResult> PostAsync(HttpRequest request, string hub, string? partition, string? publisher, CancellationToken cancellationToken) =>
        edge.RunAsync(request, async () =>
        {
            if (hub.Length > MaxNameLength)
                return new ProblemResult(ProblemTypes.UnknownEventHub.With($"The name of an Event Hub has at most {MaxNameLength} characters."));
            int fixedPartition = -1;
            if (partition is not null && (!int.TryParse(partition, NumberStyles.None, CultureInfo.InvariantCulture, out fixedPartition) || fixedPartition >= Partitions.Count))
                return new ProblemResult(ProblemTypes.UnknownEventHub.With($"The Event Hub '{hub}' has no partition '{partition}'. Here it has 0 to {Partitions.Count - 1}."));
            using var body = new PooledBytes();
            if (await BodyReader.ReadAsync(request, body, MaxBytes, cancellationToken) is not null)
                return new ProblemResult(ProblemTypes.TooLarge.With($"The maximum message size ({MaxBytes} bytes) has been exceeded. Send smaller events, or fewer in a batch."));
            (IReadOnlyList<SentEvent> events, Problem? problem) = Read(request, body);
            if (problem is not null)
                return new ProblemResult(problem);
            if (partition is not null && events.Any(sent => sent.Broker.PartitionKey is not null))
                return new ProblemResult(ProblemTypes.BadRequest.With("An event goes to a partition or has a partition key, not both. Leave one out."));
            return await LandAsync(hub, events, publisher, partition is null ? null : fixedPartition, cancellationToken);
        });

    private static (IReadOnlyList<SentEvent> Events, Problem? Problem) Read(HttpRequest request, PooledBytes body)
    {
        if (MediaTypes.Of(request.ContentType) == EventBatchBody.MediaType)
            return EventBatchBody.Read(body.Memory);
        return BrokerProperties.Parse(request.Headers["BrokerProperties"].ToString()) is { } broker
            ? ([new SentEvent(body.Memory) { ContentType = request.ContentType, Broker = broker, Properties = UserProperties.Of(request.Headers) }], null)
            : ([], ProblemTypes.BadRequest.With("The header 'BrokerProperties' isn't a JSON object. Send for example {\"PartitionKey\": \"device-1\"}."));
    }

    private async Task<IResult> LandAsync(
        string hub, IReadOnlyList<SentEvent> events, string? publisher, int? partition, CancellationToken cancellationToken)
    {
        // A batch without keys stays together, as it does in Event Hubs.
        int turn = partition ?? partitions.Next();
        try
        {
            foreach (var together in events.GroupBy(sent => partition is null && (publisher ?? sent.Broker.PartitionKey) is { } key ? Partitions.Of(key) : turn))
            {
                if (await LandAsync(hub, together.Key, [.. together], publisher, cancellationToken) is BatchRefused refused)
                    return new ProblemResult(ProblemTypes.UnknownEventHub.With(refused.Reason));
            }

            return Results.StatusCode(StatusCodes.Status201Created);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogMessages.EventsNotLanded(log, hub, e);
            return new ProblemResult(ProblemTypes.NotLanded.With("The events couldn't be stored. Send them again.").RetryAfter(RetryTime));
        }
    }

    private async Task<ReceiveOutcome> LandAsync(
        string hub, int partition, IReadOnlyList<SentEvent> events, string? publisher, CancellationToken cancellationToken)
    {
        long first = await numbers.TakeAsync(hub, partition, events.Count, cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        var placed = events.Select((sent, i) => new HubEvent(sent.Body, first + i, now)
        {
            ContentType = sent.ContentType,
            PartitionKey = publisher ?? sent.Broker.PartitionKey,
            MessageId = sent.Broker.MessageId,
            CorrelationId = sent.Broker.CorrelationId,
            Properties = sent.Properties,
        });
        return await receiver.RunAsync(hub, partition.ToString(CultureInfo.InvariantCulture), [.. placed], cancellationToken);
    }
}

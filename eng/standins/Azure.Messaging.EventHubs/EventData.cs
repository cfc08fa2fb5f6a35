namespace Azure.Messaging.EventHubs;

public class EventData
{
    public EventData(BinaryData eventBody) => EventBody = eventBody;

    public BinaryData EventBody { get; set; }

    public ReadOnlyMemory<byte> Body => EventBody.ToMemory();

    public string? ContentType { get; set; }

    public string? MessageId { get; set; }

    public string? CorrelationId { get; set; }

    public IDictionary<string, object> Properties { get; internal init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public long SequenceNumber { get; internal init; } = long.MinValue;

    public string? OffsetString { get; internal init; }

    public DateTimeOffset EnqueuedTime { get; internal init; }

    public string? PartitionKey { get; internal init; }
}

public static class EventHubsModelFactory
{
    public static EventData EventData(
        BinaryData eventBody,
        IDictionary<string, object>? properties = null,
        string? partitionKey = null,
        long sequenceNumber = long.MinValue,
        string? offsetString = null,
        DateTimeOffset enqueuedTime = default) => new(eventBody)
        {
            Properties = properties ?? new Dictionary<string, object>(StringComparer.Ordinal),
            PartitionKey = partitionKey,
            SequenceNumber = sequenceNumber,
            OffsetString = offsetString,
            EnqueuedTime = enqueuedTime,
        };
}

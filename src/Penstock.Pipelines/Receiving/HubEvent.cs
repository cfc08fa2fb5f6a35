namespace Penstock.Pipelines.Receiving;

/// <summary>An event as Event Hubs gave it.</summary>
/// <param name="Body">The body, as it was sent.</param>
/// <param name="SequenceNumber">Its number in its partition.</param>
/// <param name="EnqueuedAt">When Event Hubs took it.</param>
public sealed record HubEvent(ReadOnlyMemory<byte> Body, long SequenceNumber, DateTimeOffset EnqueuedAt)
{
    /// <summary>The content type that its sender gave, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>The partition key, or null.</summary>
    public string? PartitionKey { get; init; }

    /// <summary>The message id, or null.</summary>
    public string? MessageId { get; init; }

    /// <summary>The correlation id, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The application properties: AMQP's simple types.</summary>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();
}

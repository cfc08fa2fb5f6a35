using Azure.Messaging.EventHubs;
using Penstock.Pipelines.Receiving;

namespace Penstock.Functions.Triggers;

/// <summary>Takes from the SDK's event what a stage needs.</summary>
internal static class HubEvents
{
    public static HubEvent From(EventData data) => new(data.Body, data.SequenceNumber, data.EnqueuedTime)
    {
        ContentType = data.ContentType,
        PartitionKey = data.PartitionKey,
        MessageId = data.MessageId,
        CorrelationId = data.CorrelationId,
        Properties = data.Properties.ToDictionary(property => property.Key, property => (object?)property.Value),
    };
}

using Azure.Messaging.EventHubs;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Stages;

namespace Penstock.Functions.Triggers;

/// <summary>Lands what source systems push to the Event Hub.</summary>
/// <param name="receiver">Lands.</param>
public sealed class EventHubTrigger(HubReceiver receiver)
{
    /// <summary>
    /// Lands a batch of one partition. The host checkpoints a batch when its function ends, also when it throws; only the
    /// endless retry keeps it from letting a batch go that isn't landed (Azure/azure-webjobs-sdk#2525).
    /// </summary>
    [Function("Receive")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:02:00")]
    public async Task ReceiveAsync(
        [EventHubTrigger(Settings.EventHubName, Connection = Settings.EventHub, ConsumerGroup = Settings.EventHubConsumerGroup)] EventData[] events,
        FunctionContext context,
        CancellationToken cancellationToken)
    {
        var partition = HubPartition.From(context.BindingContext.BindingData);
        ReceiveOutcome outcome = await receiver.RunAsync(partition.Hub, partition.Id, [.. events.Select(HubEvents.From)], cancellationToken);
        if (outcome is BatchRefused { Reason: var reason })
            throw new InvalidOperationException(reason);
    }
}

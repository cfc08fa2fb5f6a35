using Azure.Messaging.EventHubs;
using Microsoft.Azure.Functions.Worker;
using Penstock.Functions.Hosting;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Stages;

namespace Penstock.Functions.Triggers;

/// <summary>Lands what source systems push to Event Hubs. A trigger's hub is fixed when the app starts, so there is one for each hub that the
/// app may read; the deployment gives each a hub or disables it.</summary>
/// <param name="receiver">Lands.</param>
public sealed class EventHubTrigger(HubReceiver receiver)
{
    /// <summary>Lands a batch of one partition of the first hub.</summary>
    [Function("Receive")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:02:00")]
    public Task ReceiveAsync(
        [EventHubTrigger(Settings.EventHubName, Connection = Settings.EventHub, ConsumerGroup = Settings.EventHubConsumerGroup)] EventData[] events,
        FunctionContext context,
        CancellationToken cancellationToken) => LandAsync(events, context, cancellationToken);

    /// <summary>Lands a batch of one partition of the second hub.</summary>
    [Function("Receive2")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:02:00")]
    public Task Receive2Async(
        [EventHubTrigger(Settings.EventHubName2, Connection = Settings.EventHub, ConsumerGroup = Settings.EventHubConsumerGroup)] EventData[] events,
        FunctionContext context,
        CancellationToken cancellationToken) => LandAsync(events, context, cancellationToken);

    /// <summary>Lands a batch of one partition of the third hub.</summary>
    [Function("Receive3")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:02:00")]
    public Task Receive3Async(
        [EventHubTrigger(Settings.EventHubName3, Connection = Settings.EventHub, ConsumerGroup = Settings.EventHubConsumerGroup)] EventData[] events,
        FunctionContext context,
        CancellationToken cancellationToken) => LandAsync(events, context, cancellationToken);

    /// <summary>Lands a batch of one partition of the fourth hub.</summary>
    [Function("Receive4")]
    [ExponentialBackoffRetry(-1, "00:00:01", "00:02:00")]
    public Task Receive4Async(
        [EventHubTrigger(Settings.EventHubName4, Connection = Settings.EventHub, ConsumerGroup = Settings.EventHubConsumerGroup)] EventData[] events,
        FunctionContext context,
        CancellationToken cancellationToken) => LandAsync(events, context, cancellationToken);

    // The host checkpoints a batch when its function ends, also when it throws; only the endless retry keeps it from letting a
    // batch go that isn't landed (Azure/azure-webjobs-sdk#2525).
    private async Task LandAsync(EventData[] events, FunctionContext context, CancellationToken cancellationToken)
    {
        var partition = HubPartition.From(context.BindingContext.BindingData);
        ReceiveOutcome outcome = await receiver.RunAsync(partition.Hub, partition.Id, [.. events.Select(HubEvents.From)], cancellationToken);
        if (outcome is BatchRefused { Reason: var reason })
            throw new InvalidOperationException(reason);
    }
}

using Penstock.Infra.Foundation;
using Penstock.Infra.Settings;
using Pulumi;
using Pulumi.AzureNative.EventHub;
using Pulumi.AzureNative.EventHub.Inputs;

namespace Penstock.Infra.Data;

/// <summary>An Event Hub for each that a pipeline receives from, and a consumer group of its own for the app.</summary>
internal sealed class EventStreams : StackPart
{
    /// <summary>The consumer group that only the app reads with.</summary>
    public const string ConsumerGroupName = "penstock";

    /// <summary>How many hubs the app can read: as many as it has functions for that.</summary>
    public const int MaxHubs = 4;

    public EventStreams(Surroundings around, Grants grants, IReadOnlyList<string> hubs)
        : base("EventStreams", "event-streams")
    {
        EventHubSettings settings = around.Settings.EventHubs;
        var space = new Namespace("event-hubs", new NamespaceArgs
        {
            ResourceGroupName = around.Group,
            NamespaceName = around.Names.EventHubs,
            Location = around.Settings.Location,
            Tags = around.Tags,
            Sku = new SkuArgs { Name = "Standard", Tier = "Standard", Capacity = settings.Capacity },
            IsAutoInflateEnabled = settings.MaximumCapacity > settings.Capacity,
            MaximumThroughputUnits = settings.MaximumCapacity > settings.Capacity ? settings.MaximumCapacity : 0,
            KafkaEnabled = false,
            DisableLocalAuth = true,
            MinimumTlsVersion = "1.2",
            PublicNetworkAccess = around.Settings.PrivateNetwork ? "Disabled" : "Enabled",
        }, Holding(around));
        Id = space.Id;
        HostName = space.Name.Apply(name => $"{name}.servicebus.windows.net");
        foreach (string name in hubs)
        {
            var hub = new EventHub($"{name}-hub", new EventHubArgs
            {
                ResourceGroupName = around.Group,
                NamespaceName = space.Name,
                EventHubName = name,
                PartitionCount = settings.Partitions,
                RetentionDescription = new RetentionDescriptionArgs { CleanupPolicy = "Delete", RetentionTimeInHours = settings.RetentionHours },
            }, Holding(around));
            _ = new ConsumerGroup($"{name}-consumer-group", new ConsumerGroupArgs
            {
                ResourceGroupName = around.Group,
                NamespaceName = space.Name,
                EventHubName = hub.Name,
                ConsumerGroupName = ConsumerGroupName,
            }, Inside());
            grants.ToApp($"app-receives-{name}", Role.EventHubsReceiver, hub.Id);
            foreach (EventSender sender in around.Settings.EventSenders.Where(sender => sender.Hub == name))
                grants.To(sender.PrincipalId.ToString(), "ServicePrincipal", $"{sender.PrincipalId}-sends-{name}", Role.EventHubsSender, hub.Id);
        }
    }

    public Output<string> Id { get; }

    public Output<string> HostName { get; }
}

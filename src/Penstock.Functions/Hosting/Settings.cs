namespace Penstock.Functions.Hosting;

/// <summary>The names of the app's settings that triggers bind to. <c>local.settings.sample.json</c> has them all.</summary>
public static class Settings
{
    /// <summary>
    /// The connection to the storage account of the data: a connection string, or the prefix of
    /// <c>STORAGE__blobServiceUri</c>, <c>STORAGE__queueServiceUri</c>, <c>STORAGE__credential</c> and <c>STORAGE__clientId</c>.
    /// </summary>
    public const string Storage = "STORAGE";

    /// <summary>
    /// The connection to the Event Hubs namespace: a connection string, or the prefix of
    /// <c>EVENTHUB__fullyQualifiedNamespace</c>, <c>EVENTHUB__credential</c> and <c>EVENTHUB__clientId</c>.
    /// </summary>
    public const string EventHub = "EVENTHUB";

    /// <summary>The Event Hub's name, as the triggers' attribute takes it from the settings.</summary>
    public const string EventHubName = "%EVENTHUB_NAME%";

    /// <summary>The consumer group that only this app reads with.</summary>
    public const string EventHubConsumerGroup = "%EVENTHUB_CONSUMER_GROUP%";
}

namespace Penstock.Infra.Foundation;

/// <summary>
/// A built-in role of Azure
/// (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles).
/// </summary>
internal sealed record Role(string Name, string Id)
{
    public static readonly Role BlobDataOwner = new("Storage Blob Data Owner", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b");
    public static readonly Role BlobDataContributor = new("Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe");
    public static readonly Role BlobDataReader = new("Storage Blob Data Reader", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1");
    public static readonly Role QueueDataReader = new("Storage Queue Data Reader", "19e7f393-937e-4f77-808e-94535e297925");
    public static readonly Role QueueMessageProcessor = new("Storage Queue Data Message Processor", "8a0f0c08-91a1-4084-bc3d-661d67233fed");
    public static readonly Role QueueMessageSender = new("Storage Queue Data Message Sender", "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a");
    public static readonly Role TableDataContributor = new("Storage Table Data Contributor", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3");
    public static readonly Role EventHubsReceiver = new("Azure Event Hubs Data Receiver", "a638d3c7-ab3a-418d-83e6-5f17a39d4fde");
    public static readonly Role EventHubsSender = new("Azure Event Hubs Data Sender", "2b629674-e913-4c01-ae53-ef4638d8f975");
    public static readonly Role SecretsUser = new("Key Vault Secrets User", "4633458b-17de-408a-b874-0445c86b69e6");
    public static readonly Role SecretsOfficer = new("Key Vault Secrets Officer", "b86a8fe4-44ce-4948-aee5-eccb2c155cd7");
    public static readonly Role MetricsPublisher = new("Monitoring Metrics Publisher", "3913510d-42f4-4e42-8a64-420c390055eb");

    /// <summary>Every role that a stack may grant.</summary>
    public static IReadOnlyList<Role> All { get; } =
    [
        BlobDataOwner, BlobDataContributor, BlobDataReader, QueueDataReader, QueueMessageProcessor, QueueMessageSender,
        TableDataContributor, EventHubsReceiver, EventHubsSender, SecretsUser, SecretsOfficer, MetricsPublisher,
    ];
}

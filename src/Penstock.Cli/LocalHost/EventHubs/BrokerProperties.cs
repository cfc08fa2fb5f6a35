using System.Text.Json;

namespace Penstock.Cli.LocalHost.EventHubs;

/// <summary>What a sender says to Event Hubs itself: the <c>BrokerProperties</c> of its REST API. Others than these are ignored there, too.</summary>
/// <param name="PartitionKey">Events of one key come into one partition; null for any.</param>
/// <param name="MessageId">The message id, or null.</param>
/// <param name="CorrelationId">The correlation id, or null.</param>
/// <param name="ContentType">The content type, or null; in a batch an event has no header of its own.</param>
internal sealed record BrokerProperties(string? PartitionKey, string? MessageId, string? CorrelationId, string? ContentType)
{
    public static BrokerProperties None { get; } = new(null, null, null, null);

    /// <summary>Reads the header; null if it isn't a JSON object.</summary>
    public static BrokerProperties? Parse(string header)
    {
        if (header.Length == 0)
            return None;
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Of(json.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads an object.</summary>
    public static BrokerProperties Of(JsonElement json) =>
        new(Text(json, "PartitionKey"), Text(json, "MessageId"), Text(json, "CorrelationId"), Text(json, "ContentType"));

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        }
        : null;
}

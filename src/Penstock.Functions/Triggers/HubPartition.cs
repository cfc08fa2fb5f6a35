using System.Text.Json;

namespace Penstock.Functions.Triggers;

/// <summary>The partition that a batch of events came from.</summary>
/// <param name="Hub">The Event Hub's name.</param>
/// <param name="Id">The partition's id.</param>
internal sealed record HubPartition(string Hub, string Id)
{
    private const string Key = "PartitionContext";

    /// <summary>Reads it from what the host says beside the events: JSON with <c>EventHubName</c> and <c>PartitionId</c>.</summary>
    /// <exception cref="InvalidOperationException">The host doesn't say it; nothing can be landed under a wrong name.</exception>
    public static HubPartition From(IReadOnlyDictionary<string, object?> bindingData)
    {
        if (bindingData.TryGetValue(Key, out object? value) && value is string json)
        {
            using JsonDocument partition = JsonDocument.Parse(json);
            if (Text(partition, "EventHubName") is { } hub && Text(partition, "PartitionId") is { } id)
                return new HubPartition(hub, id);
        }

        throw new InvalidOperationException($"The host gave no '{Key}' with 'EventHubName' and 'PartitionId' beside the events.");
    }

    private static string? Text(JsonDocument partition, string name) =>
        partition.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

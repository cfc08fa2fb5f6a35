using System.Text;
using System.Text.Json;
using Penstock.Http.Problems;

namespace Penstock.Cli.LocalHost.EventHubs;

/// <summary>
/// Reads a batch as the Event Hubs REST API takes it (Send batch events): a JSON array of
/// <c>{"Body": text, "UserProperties": {…}, "BrokerProperties": {…}}</c>.
/// </summary>
internal static class EventBatchBody
{
    public const string MediaType = "application/vnd.microsoft.servicebus.json";

    /// <summary>The events, or what is wrong.</summary>
    public static (IReadOnlyList<SentEvent> Events, Problem? Problem) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Array)
                return ([], ProblemTypes.BadBody.With($"A body of type {MediaType} is an array. Send [{{\"Body\": \"...\"}}, ...]."));
            var events = new List<SentEvent>(json.RootElement.GetArrayLength());
            foreach (JsonElement item in json.RootElement.EnumerateArray())
            {
                if (Read(item) is not { } sent)
                    return ([], Wrong(events.Count));
                events.Add(sent);
            }

            return (events, null);
        }
        catch (JsonException e)
        {
            return ([], ProblemTypes.BadBody.With($"The body isn't valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}."));
        }
    }

    private static SentEvent? Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("Body", out JsonElement body) || body.ValueKind != JsonValueKind.String)
            return null;
        BrokerProperties? broker = Member(item, "BrokerProperties") is { } b ? b.ValueKind == JsonValueKind.Object ? BrokerProperties.Of(b) : null : BrokerProperties.None;
        Dictionary<string, object?>? user = Member(item, "UserProperties") is { } u ? u.ValueKind == JsonValueKind.Object ? UserProperties.Of(u) : null : [];
        return broker is null || user is null
            ? null
            : new SentEvent(Encoding.UTF8.GetBytes(body.GetString()!)) { ContentType = broker.ContentType, Broker = broker, Properties = user };
    }

    private static JsonElement? Member(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static Problem Wrong(int index) => ProblemTypes.BadBody
        .With($"Event {index} of the batch isn't an object with a text 'Body' and, if at all, objects 'UserProperties' and 'BrokerProperties'. JSON in 'Body' is written as a text.") with
    {
        Errors = [new ProblemError("It must be an object with a text 'Body'.") { Pointer = $"#/{index}" }],
    };
}

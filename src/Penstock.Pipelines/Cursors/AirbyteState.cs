using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Connectors.Streams;

namespace Penstock.Pipelines.Cursors;

/// <summary>
/// A stream's state as Airbyte writes it, so that it can be carried over: <c>{"updated":"…"}</c> without partitions,
/// <c>{"states":[{"partition":{…},"cursor":{…}}],"use_global_cursor":false}</c> with them; bare, or in a state message of type <c>STREAM</c>.
/// </summary>
public static class AirbyteState
{
    /// <summary>Writes a <c>stream_state</c>.</summary>
    public static JsonObject Write(IReadOnlyDictionary<string, string> cursors)
    {
        if (cursors.Count == 0)
            return [];
        if (cursors.Count == 1 && cursors.TryGetValue(StreamSlice.NoPartition, out string? only))
            return JsonNode.Parse(only)!.AsObject();
        var states = new JsonArray();
        foreach ((string partition, string cursor) in cursors)
            states.Add(new JsonObject { ["partition"] = JsonNode.Parse(partition), ["cursor"] = JsonNode.Parse(cursor) });
        return new JsonObject { ["use_global_cursor"] = false, ["states"] = states };
    }

    /// <summary>Writes a state message of type <c>STREAM</c>.</summary>
    public static JsonObject WriteMessage(string stream, IReadOnlyDictionary<string, string> cursors) => new()
    {
        ["type"] = "STREAM",
        ["stream"] = new JsonObject { ["stream_descriptor"] = new JsonObject { ["name"] = stream }, ["stream_state"] = Write(cursors) },
    };

    /// <summary>Reads either form.</summary>
    /// <param name="json">The state, or the message.</param>
    /// <param name="stream">The stream that a message must be of.</param>
    /// <returns>The cursors by partition, or what is wrong.</returns>
    public static (IReadOnlyDictionary<string, string>? Cursors, string? Problem) Read(JsonElement json, string stream)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return (null, "A state is a JSON object.");
        if (json.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String)
        {
            string? kind = type.GetString();
            if (kind == "STATE" && json.TryGetProperty("state", out JsonElement state))
                return Read(state, stream);
            if (kind is "GLOBAL" or "LEGACY")
                return (null, $"A state of type {kind} is of several streams. Give the part of this one: its 'stream_state'.");
            if (kind == "STREAM")
                return ReadStream(json, stream);
        }

        return json.TryGetProperty("states", out JsonElement states) ? ReadPartitions(json, states)
            : json.EnumerateObject().Any() ? (new Dictionary<string, string> { [StreamSlice.NoPartition] = Canonical(json) }, null)
            : (new Dictionary<string, string>(), null);
    }

    private static (IReadOnlyDictionary<string, string>?, string?) ReadStream(JsonElement json, string stream)
    {
        if (!json.TryGetProperty("stream", out JsonElement of) || of.ValueKind != JsonValueKind.Object
            || !of.TryGetProperty("stream_state", out JsonElement state) || !of.TryGetProperty("stream_descriptor", out JsonElement descriptor)
            || descriptor.ValueKind != JsonValueKind.Object || !descriptor.TryGetProperty("name", out JsonElement name))
            return (null, "A state of type STREAM has 'stream' with 'stream_descriptor' and 'stream_state'.");
        return name.ValueKind == JsonValueKind.String && name.GetString() == stream
            ? Read(state, stream)
            : (null, $"The state is of the stream {name}, not of '{stream}'.");
    }

    private static (IReadOnlyDictionary<string, string>?, string?) ReadPartitions(JsonElement json, JsonElement states)
    {
        if (json.TryGetProperty("use_global_cursor", out JsonElement global) && global.ValueKind == JsonValueKind.True)
            return (null, "The state has one cursor for all partitions ('use_global_cursor'); here each partition has its own. Give 'states' with each partition's cursor.");
        if (states.ValueKind != JsonValueKind.Array)
            return (null, "'states' is an array of {\"partition\": {...}, \"cursor\": {...}}.");
        var cursors = new Dictionary<string, string>(StringComparer.Ordinal);
        int number = 0;
        foreach (JsonElement one in states.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object
                || !one.TryGetProperty("partition", out JsonElement partition) || partition.ValueKind != JsonValueKind.Object
                || !one.TryGetProperty("cursor", out JsonElement cursor) || cursor.ValueKind != JsonValueKind.Object)
                return (null, $"states[{number}] isn't {{\"partition\": {{...}}, \"cursor\": {{...}}}}.");
            cursors[Canonical(partition)] = Canonical(cursor);
            number++;
        }

        return (cursors, null);
    }

    // As slices write partitions: keys sorted, no white space.
    private static string Canonical(JsonElement json)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, json);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in json.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}

using System.Text;
using System.Text.Json;

namespace Penstock.Pipelines.Receiving;

/// <summary>Reads CloudEvents in their JSON format (CloudEvents 1.0.2 JSON Event Format).</summary>
public static class CloudEventBody
{
    /// <summary>The media type of one event in structured mode.</summary>
    public const string MediaType = "application/cloudevents+json";

    /// <summary>The media type of a batch.</summary>
    public const string BatchMediaType = "application/cloudevents-batch+json";

    /// <summary>Reads one structured event: its <c>data</c> is the record.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="transport">What the transport said.</param>
    public static EventReading Read(ReadOnlySpan<byte> body, EventEnvelope transport) => Read(body, transport, batch: false);

    /// <summary>Reads an array of structured events.</summary>
    /// <param name="body">UTF-8.</param>
    /// <param name="transport">What the transport said.</param>
    public static EventReading ReadBatch(ReadOnlySpan<byte> body, EventEnvelope transport) => Read(body, transport, batch: true);

    private static EventReading Read(ReadOnlySpan<byte> body, EventEnvelope transport, bool batch)
    {
        body = JsonText.WithoutMark(body);
        var records = new RecordBuffer();
        try
        {
            JsonText.Check(body);
            Utf8JsonReader reader = JsonText.Reader(body);
            reader.Read();
            if (batch)
                ReadEvents(ref reader, body, records, transport);
            else
                ReadEvent(ref reader, body, records, transport);
            reader.Read();
            return new EventsRead(records.Records());
        }
        catch (JsonException e)
        {
            return EventsUnreadable.From(e);
        }
    }

    private static void ReadEvents(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RecordBuffer records, EventEnvelope transport)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw JsonText.At(body, (int)reader.TokenStartIndex, $"A body of type {BatchMediaType} is an array of CloudEvents. Send [...].");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            ReadEvent(ref reader, body, records, transport);
    }

    private static void ReadEvent(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, RecordBuffer records, EventEnvelope transport)
    {
        int start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
            throw JsonText.At(body, start, "A CloudEvent is a JSON object. Send {...}.");
        var attributes = new CloudEventAttributes();
        ReadOnlySpan<byte> data = default;
        byte[]? binary = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == "data")
                data = JsonText.RawValue(ref reader, body);
            else if (name == "data_base64")
                binary = ReadBase64(ref reader, body);
            else
                ReadAttribute(ref reader, body, name, attributes);
        }

        CloudEventData.Add(data, binary, attributes, Envelope(body, start, attributes, transport), records);
    }

    private static byte[]? ReadBase64(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out byte[]? bytes))
            return bytes;
        throw JsonText.At(body, (int)reader.TokenStartIndex, "The CloudEvent's data_base64 isn't base64 (RFC 4648). Encode it anew.");
    }

    private static void ReadAttribute(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, string name, CloudEventAttributes attributes)
    {
        int start = (int)reader.TokenStartIndex;
        try
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Null:
                    break;
                case JsonTokenType.String:
                    attributes.Add(name, reader.GetString()!);
                    break;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    attributes.AddJson(name, Encoding.UTF8.GetString(JsonText.RawValue(ref reader, body)));
                    break;
                default:
                    throw new JsonException($"The CloudEvent's attribute '{name}' is an object or an array. Put such content into data.");
            }
        }
        catch (JsonException e)
        {
            throw JsonText.At(body, start, e.Message);
        }
    }

    private static EventEnvelope Envelope(ReadOnlySpan<byte> body, int start, CloudEventAttributes attributes, EventEnvelope transport)
    {
        try
        {
            return attributes.ToEnvelope(transport);
        }
        catch (JsonException e)
        {
            throw JsonText.At(body, start, e.Message);
        }
    }
}

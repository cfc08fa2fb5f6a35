using System.Globalization;
using System.Text.Json;

namespace Penstock.Pipelines.Receiving;

/// <summary>Writes what Event Hubs said of an event.</summary>
internal static class HubEnvelope
{
    /// <summary>Writes the envelope; CloudEvents attributes among the application properties are left out if they are read as such.</summary>
    public static EventEnvelope Write(string hub, string partition, HubEvent hubEvent, bool attributesElsewhere) =>
        EventEnvelope.Write(writer =>
        {
            writer.WriteString("hub_name", hub);
            writer.WriteString("partition_id", partition);
            writer.WriteNumber("sequence_number", hubEvent.SequenceNumber);
            writer.WriteString("enqueued_at", hubEvent.EnqueuedAt.UtcDateTime);
            WriteText(writer, "partition_key", hubEvent.PartitionKey);
            WriteText(writer, "message_id", hubEvent.MessageId);
            WriteText(writer, "correlation_id", hubEvent.CorrelationId);
            WriteText(writer, "content_type", attributesElsewhere ? null : hubEvent.ContentType);
            WriteProperties(writer, hubEvent, attributesElsewhere);
        });

    /// <summary>An AMQP simple value as text: in JSON's way and in UTC, so that it is the same everywhere.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime at => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            writer.WriteString(name, text);
    }

    private static void WriteProperties(Utf8JsonWriter writer, HubEvent hubEvent, bool attributesElsewhere)
    {
        var properties = hubEvent.Properties
            .Where(property => !attributesElsewhere || CloudEventBinary.AttributeOf(property.Key) is null)
            .OrderBy(property => property.Key, StringComparer.Ordinal)
            .ToList();
        if (properties.Count == 0)
            return;
        writer.WriteStartObject("application_properties");
        foreach ((string name, object? value) in properties)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case float or double when double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)):
                writer.WriteRawValue(Text(value));
                break;
            default:
                writer.WriteStringValue(Text(value));
                break;
        }
    }
}

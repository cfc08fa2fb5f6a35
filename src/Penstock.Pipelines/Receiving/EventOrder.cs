using System.Globalization;
using System.Text.Json;

namespace Penstock.Pipelines.Receiving;

/// <summary>
/// The place of an event among those of its Event Hub, as its record's <c>_event</c> tells it. Batches that come again from an
/// old checkpoint are cut otherwise: neither a batch's time nor a line's number tells which of two events is the newer one.
/// </summary>
public static class EventOrder
{
    /// <summary>
    /// A text whose ordinal order is that of the events: when Event Hubs took it, its number in its partition, its place among
    /// the records of the event. Null for what didn't come through an Event Hub.
    /// </summary>
    /// <param name="record">A received record as it is in raw, UTF-8.</param>
    public static string? Of(ReadOnlySpan<byte> record)
    {
        // The name is ours and never escaped: a search for it costs nothing beside a reader.
        if (record.IndexOf("\"_event\""u8) < 0)
            return null;
        try
        {
            var reader = new Utf8JsonReader(record);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isEvent = reader.ValueTextEquals(RecordMembers.Event);
                reader.Read();
                if (isEvent && reader.TokenType == JsonTokenType.StartObject)
                    return OfEvent(ref reader);
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // It goes to quarantine for that.
        }

        return null;
    }

    private static string? OfEvent(ref Utf8JsonReader reader)
    {
        (DateTimeOffset? at, long? number, long item) = (null, null, 0);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isAt = reader.ValueTextEquals("enqueued_at"u8);
            bool isNumber = reader.ValueTextEquals("sequence_number"u8);
            bool isItem = reader.ValueTextEquals(RecordMembers.ItemIndex);
            reader.Read();
            if (isAt && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out DateTimeOffset taken))
                at = taken;
            else if ((isNumber || isItem) && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value))
                (number, item) = isNumber ? (value, item) : (number, value);
            else
                reader.Skip();
        }

        return at is null || number is null
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{at.Value.UtcTicks:D19}~{number:D19}~{item:D6}");
    }
}

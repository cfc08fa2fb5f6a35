using System.Text.Json;

namespace Penstock.Pipelines.Receiving;

/// <summary>Finds a payload's own top-level member <c>_event</c>: it gives way to ours.</summary>
internal static class OwnEvent
{
    /// <summary>Where it stands, with one comma beside it, and where its value stands; both empty if there is none.</summary>
    /// <exception cref="JsonException">It is there twice: only one place could keep it.</exception>
    public static (Range Member, Range Value) Find(ReadOnlySpan<byte> json)
    {
        // Almost no payload has it, and a search for its name costs nothing beside a reader.
        if (json.IndexOf("_event"u8) < 0 && json.IndexOf("\\u"u8) < 0)
            return default;
        (Range Member, Range Value) found = default;
        Utf8JsonReader reader = JsonText.Reader(json);
        reader.Read();
        int previousEnd = (int)reader.BytesConsumed;
        bool first = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int nameStart = (int)reader.TokenStartIndex;
            bool isOurs = reader.ValueTextEquals("_event"u8);
            reader.Read();
            int valueStart = (int)reader.TokenStartIndex;
            reader.Skip();
            int valueEnd = (int)reader.BytesConsumed;
            if (isOurs)
            {
                if (!found.Value.Equals(default))
                    throw JsonText.At(json, nameStart, "The member '_event' is there twice. Send it once.");
                found = (first ? ThroughComma(json, previousEnd, valueEnd) : previousEnd..valueEnd, valueStart..valueEnd);
            }

            previousEnd = valueEnd;
            first = false;
        }

        return found;
    }

    // Of the first member the comma after it goes, of any other the one before it.
    private static Range ThroughComma(ReadOnlySpan<byte> json, int start, int valueEnd)
    {
        int next = valueEnd + json[valueEnd..].IndexOfAnyExcept(" \t\r\n"u8);
        return start..(json[next] == ',' ? next + 1 : valueEnd);
    }
}

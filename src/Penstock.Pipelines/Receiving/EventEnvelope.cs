using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Penstock.Pipelines.Receiving;

/// <summary>What is known of an event beside its payload, written once and put into each of its records.</summary>
public sealed class EventEnvelope
{
    // The text is landed, never shown in a page: what a person wrote stays readable.
    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private EventEnvelope(ReadOnlyMemory<byte> members) => Members = members;

    /// <summary>Nothing is known.</summary>
    public static EventEnvelope Empty { get; } = new(default);

    /// <summary>The members of the envelope as JSON text, without the braces.</summary>
    internal ReadOnlyMemory<byte> Members { get; }

    /// <summary>Writes an envelope.</summary>
    /// <param name="write">Writes the members.</param>
    public static EventEnvelope Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new EventEnvelope(buffer.WrittenMemory[1..^1]);
    }

    /// <summary>This envelope's members, then another's.</summary>
    internal EventEnvelope Followed(EventEnvelope by)
    {
        if (Members.IsEmpty || by.Members.IsEmpty)
            return Members.IsEmpty ? by : this;
        return new EventEnvelope((byte[])[.. Members.Span, (byte)',', .. by.Members.Span]);
    }
}

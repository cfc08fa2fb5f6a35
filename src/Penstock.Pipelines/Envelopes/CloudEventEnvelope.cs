using System.Buffers;
using System.Text.Json;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Envelopes;

/// <summary>
/// Takes the data out of structured CloudEvents that came as plain JSON: pulled from an API, or sent without their content type. The
/// record is the one that the content type would have given.
/// </summary>
internal static class CloudEventEnvelope
{
    private static readonly FieldFinder Required = new([["specversion"], ["id"], ["source"], ["type"], [RecordMembers.Event]]);

    /// <summary>Whether a valid record has all that a CloudEvent must have.</summary>
    public static bool Is(ReadOnlySpan<byte> record)
    {
        if (record.IndexOf("\"specversion\""u8) < 0)
            return false;
        Span<Range> values = stackalloc Range[Required.Count];
        Required.Find(record, values);
        return values[0].Equals(default) is false && values[1].Equals(default) is false && values[2].Equals(default) is false && values[3].Equals(default) is false;
    }

    /// <summary>Writes the record.</summary>
    public static StepResult Apply(ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
    {
        Span<Range> values = stackalloc Range[Required.Count];
        Required.Find(record, values);
        ReadOnlySpan<byte> transport = record[values[4]];
        EventReading reading = transport.IsEmpty
            ? CloudEventBody.Read(record, EventEnvelope.Empty)
            : CloudEventBody.Read(Without(record, RecordMembers.Event), Envelope(transport));
        if (reading is EventsUnreadable unreadable)
            return StepResult.SetAside(new Violation("envelope", "", unreadable.Problem));
        rewritten.Write(((EventsRead)reading).Records[0].Span);
        return StepResult.Rewritten;
    }

    // What the transport said stands beside the attributes, as if the content type had told that it is a CloudEvent.
    private static EventEnvelope Envelope(ReadOnlySpan<byte> transport)
    {
        using var parsed = JsonDocument.Parse(transport.ToArray());
        return EventEnvelope.Write(writer =>
        {
            foreach (JsonProperty member in parsed.RootElement.EnumerateObject())
                member.WriteTo(writer);
        });
    }

    private static byte[] Without(ReadOnlySpan<byte> record, string name)
    {
        using var parsed = JsonDocument.Parse(record.ToArray());
        var rest = new ArrayBufferWriter<byte>(record.Length);
        using var writer = new Utf8JsonWriter(rest, EventEnvelope.WriterOptions);
        writer.WriteStartObject();
        foreach (JsonProperty member in parsed.RootElement.EnumerateObject().Where(member => member.Name != name))
        {
            writer.WritePropertyName(member.Name);
            writer.WriteRawValue(member.Value.GetRawText());
        }

        writer.WriteEndObject();
        writer.Flush();
        return rest.WrittenSpan.ToArray();
    }
}

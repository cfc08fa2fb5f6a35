namespace Penstock.Pipelines.Receiving;

/// <summary>Makes an event of Event Hubs records. There is nobody to tell what is wrong with it, so nothing is ever refused.</summary>
public static class HubEventReader
{
    /// <summary>Reads an event: a CloudEvent (structured or binary), else JSON (the items of an array are a record each), else base64.</summary>
    /// <param name="hub">The Event Hub's name.</param>
    /// <param name="partition">The partition's id.</param>
    /// <param name="hubEvent">The event.</param>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(string hub, string partition, HubEvent hubEvent)
    {
        if (AsCloudEvent(hub, partition, hubEvent) is EventsRead cloudEvent)
            return cloudEvent.Records;
        EventEnvelope envelope = HubEnvelope.Write(hub, partition, hubEvent, attributesElsewhere: false);
        // The content type isn't asked: senders give anything, Event Hubs' own REST samples send JSON as Atom.
        if (JsonBody.Read(hubEvent.Body.Span, envelope) is EventsRead plain)
            return plain.Records;
        var records = new RecordBuffer();
        records.AddRaw(hubEvent.Body.Span, envelope);
        return records.Records();
    }

    // CloudEvents AMQP binding 1.0.2, 3: the content type tells structured mode, the property specversion binary mode.
    private static EventReading? AsCloudEvent(string hub, string partition, HubEvent hubEvent)
    {
        string mediaType = MediaTypes.Of(hubEvent.ContentType);
        var attributes = Attributes(hubEvent);
        bool structured = mediaType is CloudEventBody.MediaType or CloudEventBody.BatchMediaType;
        if (!structured && !attributes.ContainsKey("specversion"))
            return null;
        EventEnvelope transport = HubEnvelope.Write(hub, partition, hubEvent, attributesElsewhere: !structured);
        ReadOnlySpan<byte> body = hubEvent.Body.Span;
        return mediaType switch
        {
            CloudEventBody.MediaType => CloudEventBody.Read(body, transport),
            CloudEventBody.BatchMediaType => CloudEventBody.ReadBatch(body, transport),
            _ => CloudEventBinary.Read(attributes, hubEvent.ContentType, body, transport),
        };
    }

    private static Dictionary<string, string> Attributes(HubEvent hubEvent)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string property, object? value) in hubEvent.Properties)
        {
            if (value is not null && CloudEventBinary.AttributeOf(property) is { } attribute)
                attributes[attribute] = HubEnvelope.Text(value);
        }

        return attributes;
    }
}

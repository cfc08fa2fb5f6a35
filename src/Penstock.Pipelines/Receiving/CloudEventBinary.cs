using System.Text.Json;

namespace Penstock.Pipelines.Receiving;

/// <summary>Reads CloudEvents in binary mode: the attributes are in headers or properties, the body is the data.</summary>
public static class CloudEventBinary
{
    // CloudEvents AMQP binding 1.0.2, 3.1.3.1: either prefix.
    private static readonly string[] AmqpPrefixes = ["cloudEvents:", "cloudEvents_"];

    /// <summary>The attribute that an AMQP application property holds, or null if it holds none.</summary>
    public static string? AttributeOf(string property)
    {
        string? prefix = Array.Find(AmqpPrefixes, prefix => property.StartsWith(prefix, StringComparison.Ordinal));
        return prefix is null ? null : property[prefix.Length..];
    }

    /// <summary>Reads an event.</summary>
    /// <param name="attributes">The attributes, without their prefixes; at least <c>specversion</c>.</param>
    /// <param name="contentType">The media type of the data, or null.</param>
    /// <param name="data">The data; may be empty.</param>
    /// <param name="transport">What the transport said.</param>
    /// <returns>One record: JSON data as it is, other data as base64. JSON that can't be read is an <see cref="EventsUnreadable"/>.</returns>
    public static EventReading Read(
        IEnumerable<KeyValuePair<string, string>> attributes, string? contentType, ReadOnlySpan<byte> data, EventEnvelope transport)
    {
        try
        {
            var read = new CloudEventAttributes();
            foreach ((string name, string value) in attributes)
                read.Add(name, value);
            if (!string.IsNullOrEmpty(contentType))
                read.Add("datacontenttype", contentType);
            return ReadData(contentType, data, read.ToEnvelope(transport));
        }
        catch (JsonException e)
        {
            return EventsUnreadable.From(e);
        }
    }

    private static EventReading ReadData(string? contentType, ReadOnlySpan<byte> data, EventEnvelope envelope)
    {
        var records = new RecordBuffer();
        if (data.IsEmpty)
            records.AddEmpty(envelope);
        else if (!string.IsNullOrEmpty(contentType) && !MediaTypes.IsJson(contentType))
            records.AddRaw(data, envelope);
        else
            return JsonBody.Read(data, envelope, splitArrays: false);
        return new EventsRead(records.Records());
    }
}

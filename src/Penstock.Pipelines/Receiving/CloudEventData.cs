namespace Penstock.Pipelines.Receiving;

/// <summary>Makes a CloudEvent's data a record.</summary>
internal static class CloudEventData
{
    /// <summary>Adds the record: JSON as it is; bytes as JSON if they are said to be (or nothing is said) and are, else as base64.</summary>
    public static void Add(
        ReadOnlySpan<byte> json, byte[]? binary, CloudEventAttributes attributes, EventEnvelope envelope, RecordBuffer records)
    {
        if (binary is not null)
            AddBytes(binary, attributes.DataContentType, envelope, records);
        else if (json.IsEmpty || json.SequenceEqual("null"u8))
            records.AddEmpty(envelope);
        else
            records.Add(json, envelope, item: null);
    }

    private static void AddBytes(byte[] bytes, string? mediaType, EventEnvelope envelope, RecordBuffer records)
    {
        if ((mediaType is null || MediaTypes.IsJson(mediaType)) && JsonBody.IsJson(bytes))
            records.Add(JsonText.WithoutMark(bytes).Trim(" \t\r\n"u8), envelope, item: null);
        else
            records.AddRaw(bytes, envelope);
    }
}

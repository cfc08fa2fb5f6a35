using System.Buffers;
using System.Text.Json;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Curated;

/// <summary>
/// A record as Cosmos DB holds it: its own fields where analysts look for them (<c>c.magnitude</c>), and beside them
/// <c>_penstock</c>: <c>table</c>, <c>part</c>, <c>key</c>, <c>version</c>, and <c>fields</c>: those whose names Cosmos DB claims for
/// itself, <c>id</c> among them. Fields are copied as they are, never made into objects.
/// </summary>
internal static class CosmosDocument
{
    private const string OwnField = "_penstock";
    private static readonly JsonReaderOptions s_deep = new() { MaxDepth = 256 };

    /// <summary>Writes a record as a document; of a deletion nothing but its key and version.</summary>
    /// <exception cref="InvalidDataException">The record isn't one JSON object.</exception>
    public static MemoryStream Write(CuratedRecord record, string table, string? id = null)
    {
        var content = new MemoryStream(record.Json.Length + 512);
        using var document = new Utf8JsonWriter(content, new JsonWriterOptions { SkipValidation = true });
        document.WriteStartObject();
        document.WriteString("id", id ?? CosmosKeys.Id(record.Key));
        document.WriteStartObject(OwnField);
        document.WriteString("table", table);
        document.WriteString("part", CosmosKeys.Part(table, record.Key));
        document.WriteString("key", record.Key);
        document.WriteString("version", record.Version);
        if (record.IsDeletion)
            document.WriteBoolean("deleted", true);
        document.WriteStartObject("fields");
        if (!record.IsDeletion)
            Copy(record.Json.Span, document, IsClaimed);
        document.WriteEndObject();
        document.WriteEndObject();
        if (!record.IsDeletion)
            Copy(record.Json.Span, document, name => !IsClaimed(name));
        document.WriteEndObject();
        document.Flush();
        content.Position = 0;
        return content;
    }

    /// <summary>Reads a document back into the record that it was written from.</summary>
    public static CuratedRecord Read(ReadOnlySpan<byte> document)
    {
        var buffer = new ArrayBufferWriter<byte>(document.Length);
        using var record = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        string? key = null, version = null;
        bool isDeletion = false;
        record.WriteStartObject();
        var reader = new Utf8JsonReader(document, s_deep);
        Enter(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(OwnField))
            {
                reader.Read();
                ReadSystem(document, ref reader, record, ref key, ref version, ref isDeletion);
            }
            else
                CopyField(document, ref reader, record, name => !IsClaimed(name));
        }

        record.WriteEndObject();
        record.Flush();
        return new CuratedRecord(
            key ?? throw new InvalidDataException($"A document without '{OwnField}.key' is in the curated container: it wasn't written by Penstock."),
            version ?? throw new InvalidDataException($"A document without '{OwnField}.version' is in the curated container: it wasn't written by Penstock."),
            isDeletion ? default : buffer.WrittenMemory) { IsDeletion = isDeletion };
    }

    private static void ReadSystem(ReadOnlySpan<byte> document, ref Utf8JsonReader reader, Utf8JsonWriter record, ref string? key, ref string? version, ref bool isDeletion)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "key":
                    key = reader.GetString();
                    break;
                case "version":
                    version = reader.GetString();
                    break;
                case "deleted":
                    isDeletion = reader.GetBoolean();
                    break;
                case "fields":
                    while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                        CopyField(document, ref reader, record, _ => true);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static void Copy(ReadOnlySpan<byte> json, Utf8JsonWriter to, Func<string, bool> wanted)
    {
        var reader = new Utf8JsonReader(json, s_deep);
        Enter(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            CopyField(json, ref reader, to, wanted);
    }

    private static void CopyField(ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Utf8JsonWriter to, Func<string, bool> wanted)
    {
        string name = reader.GetString()!;
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        if (!wanted(name))
            return;
        to.WritePropertyName(name);
        to.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
    }

    private static void Enter(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new InvalidDataException("A curated record must be one JSON object.");
    }

    // https://learn.microsoft.com/azure/cosmos-db/resource-model#properties-of-an-item, and "ttl", which would delete the record.
    private static bool IsClaimed(string name) =>
        name is "id" or "_rid" or "_self" or "_etag" or "_attachments" or "_ts" or "_lsn" or "_metadata" or "ttl" or OwnField;
}

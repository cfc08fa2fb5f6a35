using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Curated;

/// <summary>
/// All versions of one key of a table with a history: one document, whose ETag decides who adds to it. The rows that analysts see are
/// documents of their own, made of it.
/// </summary>
/// <param name="Key">The key.</param>
/// <param name="Layout">How the table was written.</param>
/// <param name="Generation">Grows with each change.</param>
/// <param name="Versions">The versions, in their order.</param>
internal sealed record CosmosHead(string Key, TableLayout Layout, long Generation, IReadOnlyList<CuratedRecord> Versions)
{
    private const string OwnField = "_penstock";

    /// <summary>Where the versions are if they don't lie in the document as they are; null if they do.</summary>
    public CosmosVersions? Packed { get; init; }

    /// <summary>Whether the versions are still to be read from documents of their own.</summary>
    public bool IsApart => Packed is { Text: null } && Versions.Count == 0;

    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 256 };

    /// <summary>The same with more versions; itself if it has them all. What can never be part of a row again is left out.</summary>
    public CosmosHead With(IEnumerable<CuratedRecord> records)
    {
        var versions = new SortedList<string, CuratedRecord>(Comparer<string>.Create(CuratedVersion.Compare));
        foreach (CuratedRecord version in Versions)
            versions[version.Version] = version;
        bool isChanged = false;
        foreach (CuratedRecord record in records)
        {
            isChanged |= !versions.TryGetValue(record.Version, out CuratedRecord? known) || known.IsDeletion != record.IsDeletion || !known.Json.Span.SequenceEqual(record.Json.Span);
            versions[record.Version] = record with { ValidFrom = record.ValidFrom ?? CuratedVersion.TimeOf(record.Version) };
        }

        if (!isChanged)
            return this;
        IReadOnlyList<CuratedRecord> kept = Layout.History == HistoryMode.Latest ? Latest([.. versions.Values]) : Repeated([.. versions.Values], Layout.History);
        return this with { Versions = kept, Generation = Generation + 1 };
    }

    /// <summary>The rows of the key.</summary>
    public List<CuratedRecord> Rows()
    {
        var rows = new List<CuratedRecord>();
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        RowFold fold = RowFold.Of(Layout.History, Layout.KeepsDeleted, (version, json, columns) =>
            rows.AddRange(RowText.Of(Key, Encoding.UTF8.GetString(version), json, columns, buffer)));
        foreach (CuratedRecord version in Versions)
            fold.Add(Encoding.UTF8.GetBytes(version.Version), version.ValidFrom!.Value.UtcTicks, version.IsDeletion, version.Json.Span);
        fold.End();
        return rows;
    }

    /// <summary>Writes the document, and the parts of the versions if they lie in documents of their own.</summary>
    public (MemoryStream Document, CosmosVersions? Packed, IReadOnlyList<string> Parts) Write(string table)
    {
        using MemoryStream versions = WriteVersions();
        if (versions.Length <= CosmosVersions.PlainBytes)
            return (Write(table, versions.GetBuffer().AsSpan(0, (int)versions.Length), null), null, []);
        (CosmosVersions packed, IReadOnlyList<string> texts) = CosmosVersions.Pack(versions.GetBuffer().AsSpan(0, (int)versions.Length), Generation);
        return (Write(table, "[]"u8, packed), packed, packed.Text is null ? texts : []);
    }

    /// <summary>The same with the versions that lie in documents of their own.</summary>
    public CosmosHead WithParts(IEnumerable<string> texts)
    {
        using JsonDocument versions = CosmosVersions.Unpack(texts);
        return this with { Versions = ReadVersions(versions.RootElement, Key) };
    }

    private MemoryStream Write(string table, ReadOnlySpan<byte> versions, CosmosVersions? packed)
    {
        var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteString("id", CosmosKeys.Id(Key));
            json.WriteStartObject(OwnField);
            json.WriteString("table", table);
            json.WriteString("part", CosmosKeys.Part(table, Key));
            json.WriteString("key", Key);
            json.WriteString("history", Layout.History.ToString());
            json.WriteBoolean("keepsDeleted", Layout.KeepsDeleted);
            json.WriteNumber("generation", Generation);
            json.WritePropertyName("versions");
            json.WriteRawValue(versions, skipInputValidation: true);
            if (packed is not null)
            {
                json.WriteStartObject("packed");
                json.WriteString("hash", packed.Hash);
                json.WriteNumber("parts", packed.Parts);
                json.WriteString("text", packed.Text);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        content.Position = 0;
        return content;
    }

    private MemoryStream WriteVersions()
    {
        var content = new MemoryStream();
        using var json = new Utf8JsonWriter(content);
        json.WriteStartArray();
        foreach (CuratedRecord version in Versions)
        {
            json.WriteStartObject();
            json.WriteString("version", version.Version);
            json.WriteString("from", version.ValidFrom!.Value);
            json.WriteBoolean("deletion", version.IsDeletion);
            // As a text: Cosmos DB would round numbers.
            json.WriteString("json", version.Json.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return content;
    }

    /// <summary>Reads a document; null if it is no head. Versions that lie in documents of their own are still to be read (<see cref="IsApart"/>).</summary>
    public static CosmosHead? Read(ReadOnlySpan<byte> document)
    {
        using var parsed = JsonDocument.Parse(document.ToArray(), s_deep);
        if (!parsed.RootElement.TryGetProperty(OwnField, out JsonElement own) || !own.TryGetProperty("generation", out JsonElement generation) || !own.TryGetProperty("versions", out JsonElement versions))
            return null;
        string key = own.GetProperty("key").GetString()!;
        var layout = new TableLayout(Enum.Parse<HistoryMode>(own.GetProperty("history").GetString()!), own.GetProperty("keepsDeleted").GetBoolean());
        var head = new CosmosHead(key, layout, generation.GetInt64(), ReadVersions(versions, key));
        if (!own.TryGetProperty("packed", out JsonElement packed))
            return head;
        head = head with { Packed = new CosmosVersions(packed.GetProperty("hash").GetString()!, packed.GetProperty("parts").GetInt32(), packed.GetProperty("text").GetString()) };
        return head.Packed.Text is { } text ? head.WithParts([text]) : head;
    }

    private static IReadOnlyList<CuratedRecord> ReadVersions(JsonElement versions, string key) =>
        [.. versions.EnumerateArray().Select(version => new CuratedRecord(key, version.GetProperty("version").GetString()!, Encoding.UTF8.GetBytes(version.GetProperty("json").GetString()!))
        {
            IsDeletion = version.GetProperty("deletion").GetBoolean(), ValidFrom = version.GetProperty("from").GetDateTimeOffset(),
        })];

    // The last record and, if it is later, the last deletion.
    private static List<CuratedRecord> Latest(List<CuratedRecord> versions)
    {
        CuratedRecord? record = versions.FindLast(version => !version.IsDeletion), deletion = versions.FindLast(version => version.IsDeletion);
        return [.. versions.Where(version => ReferenceEquals(version, record) || (ReferenceEquals(version, deletion) && versions[^1].IsDeletion))];
    }

    // Of neighbours that say the same of the same version field, the last.
    private static List<CuratedRecord> Repeated(List<CuratedRecord> versions, HistoryMode history) =>
        history == HistoryMode.Append ? versions : [.. versions.Where((version, i) => i + 1 == versions.Count || !SaysTheSame(version, versions[i + 1]))];

    private static bool SaysTheSame(CuratedRecord one, CuratedRecord next) =>
        one.ValidFrom == next.ValidFrom && one.IsDeletion == next.IsDeletion
        && CuratedVersion.FieldOf(one.Version) == CuratedVersion.FieldOf(next.Version) && one.Json.Span.SequenceEqual(next.Json.Span);
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Curated;

/// <summary>
/// The versions of a key when they are too many for its document: compressed, and cut into parts. A single part lies in the document
/// itself; several lie in documents of their own, whose names hold the hash of all, so that they never change.
/// </summary>
/// <param name="Hash">Of the generation and all parts.</param>
/// <param name="Parts">How many there are.</param>
/// <param name="Text">The part, if there is one alone.</param>
internal sealed record CosmosVersions(string Hash, int Parts, string? Text)
{
    /// <summary>As many bytes of versions lie in the key's document as they are; more are compressed.</summary>
    public const int PlainBytes = 1_400_000;

    /// <summary>The most characters of a part.</summary>
    public const int PartCharacters = 1_400_000;

    /// <summary>Compresses versions.</summary>
    /// <param name="json">The versions, as the key's document would have them.</param>
    /// <param name="generation">The document's generation: no two have a part in common.</param>
    public static (CosmosVersions Versions, IReadOnlyList<string> Texts) Pack(ReadOnlySpan<byte> json, long generation)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(json);
        string text = Convert.ToBase64String(compressed.GetBuffer(), 0, (int)compressed.Length);
        string[] texts = [.. Enumerable.Range(0, (text.Length + PartCharacters - 1) / PartCharacters)
            .Select(part => text.Substring(part * PartCharacters, Math.Min(PartCharacters, text.Length - (part * PartCharacters))))];
        string hash = $"{generation}.{Convert.ToHexStringLower(SHA256.HashData(compressed.GetBuffer().AsSpan(0, (int)compressed.Length)))}";
        return (new CosmosVersions(hash, texts.Length, texts.Length == 1 ? texts[0] : null), texts);
    }

    /// <summary>Gives the versions as the key's document would have them.</summary>
    public static JsonDocument Unpack(IEnumerable<string> texts)
    {
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(string.Concat(texts))), CompressionMode.Decompress);
        return JsonDocument.Parse(gzip, CosmosCuratedStore.Deep);
    }

    /// <summary>The id of a part's document.</summary>
    public string IdOf(string key, int part) => CosmosKeys.Id($"{key}\n{Hash}\n{part}");

    /// <summary>The ids of the parts' documents; none if the only part lies in the key's own.</summary>
    public IEnumerable<string> IdsOf(string key) => Text is null ? Enumerable.Range(0, Parts).Select(part => IdOf(key, part)) : [];

    /// <summary>Writes a part's document. It has <c>versions</c>, as the key's has: that tells both from rows.</summary>
    public static MemoryStream Write(string table, string key, string id, string text)
    {
        var content = new MemoryStream();
        using (var json = new Utf8JsonWriter(content))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteStartObject("_penstock");
            json.WriteString("table", table);
            json.WriteString("part", CosmosKeys.Part(table, key));
            json.WriteString("key", key);
            json.WriteStartArray("versions");
            json.WriteEndArray();
            json.WriteString("text", text);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        content.Position = 0;
        return content;
    }
}

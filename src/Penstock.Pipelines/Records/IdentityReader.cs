using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Penstock.Pipelines.Records;

/// <summary>Reads key and version out of records in one pass over their UTF-8, without a tree.</summary>
public sealed class IdentityReader
{
    private readonly RecordIdentity _identity;
    private readonly string?[] _key;

    // Which paths' parents have matched on the way to the current object: one bit each, bit 32 for the version.
    private ulong _open;

    /// <summary>Makes a reader for one stream's records. Not thread-safe: it is reused from record to record.</summary>
    public IdentityReader(RecordIdentity identity)
    {
        _identity = identity;
        _key = new string?[identity.Key.Count];
    }

    /// <summary>Reads a record's identity.</summary>
    /// <param name="json">The record.</param>
    /// <param name="tieBreak">Orders records whose version field is equal, or that have none; sorts by ordinal comparison.</param>
    /// <param name="digest">What stands for the record if it has no key; null: its hash.</param>
    public IdentityReading Read(ReadOnlySpan<byte> json, string tieBreak, string? digest = null)
    {
        Array.Clear(_key);
        _open = ulong.MaxValue;
        string? version = null;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return new NoIdentity("json", "", "The record isn't a JSON object.");
            ReadObject(ref reader, 0, ref version);
            if (reader.Read())
                return new NoIdentity("json", "", "Something follows the record's object.");
        }
        catch (JsonException e)
        {
            return new NoIdentity("json", "", $"The record isn't valid JSON at byte {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            return new NoIdentity("json", "", "The record isn't valid UTF-8.");
        }

        for (int i = 0; i < _key.Length; i++)
        {
            if (_key[i] is null)
                return new NoIdentity("key", string.Join('.', _identity.Key[i]), "The key is missing, null, or not a plain value.");
        }

        // A record without a version is as old as can be: it never overwrites one that has a version.
        return new Identified(_key.Length == 0 ? digest ?? HashOf(json) : JoinKey(), $"{version} {tieBreak}");
    }

    private void ReadObject(ref Utf8JsonReader reader, int depth, ref string? version)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            uint key = 0;
            for (int i = 0; i < _identity.Key.Count && i < 32; i++)
                key |= Matches(ref reader, _identity.Key[i], depth, i) ? 1u << i : 0;
            bool isVersion = _identity.Version is { } path && Matches(ref reader, path, depth, 32);
            reader.Read();
            if (key == 0 && !isVersion)
                reader.Skip();
            else
                ReadMatch(ref reader, depth, key, isVersion, ref version);
        }
    }

    // A path matches if its part at this depth is the property and its parents matched before.
    private bool Matches(ref Utf8JsonReader reader, IReadOnlyList<string> path, int depth, int bit) =>
        depth < path.Count && (_open >> bit & 1) == 1 && reader.ValueTextEquals(path[depth]);

    private void ReadMatch(ref Utf8JsonReader reader, int depth, uint key, bool isVersion, ref string? version)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ulong outer = _open;
            _open = key | (isVersion ? 1ul << 32 : 0);
            ReadObject(ref reader, depth + 1, ref version);
            _open = outer;
            return;
        }

        string? text = PlainText(ref reader);
        for (int i = 0; i < _key.Length && i < 32; i++)
        {
            if ((key >> i & 1) == 1 && depth == _identity.Key[i].Count - 1)
                _key[i] = text;
        }

        if (isVersion && depth == _identity.Version!.Count - 1)
            version = text is null ? null : SortableVersion.Of(text, reader.TokenType == JsonTokenType.Number);
        if (reader.TokenType == JsonTokenType.StartArray)
            reader.Skip();
    }

    private static string? PlainText(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => null,
    };

    // One text for several parts, different for different parts: the separator is escaped in them.
    private string JoinKey() => _key.Length == 1
        ? _key[0]!
        : string.Join('|', _key.Select(part => part!.Replace("\\", "\\\\").Replace("|", "\\|")));

    private static string HashOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json))[..32];
}

/// <summary>What a record's identity is.</summary>
public abstract record IdentityReading
{
    private protected IdentityReading() { }
}

/// <summary>The record has one.</summary>
/// <param name="Key">The key as one text.</param>
/// <param name="Version">The version, sortable by ordinal comparison.</param>
public sealed record Identified(string Key, string Version) : IdentityReading;

/// <summary>The record has none, and goes to quarantine.</summary>
/// <param name="Rule">Which rule it breaks: <c>json</c> or <c>key</c>.</param>
/// <param name="Path">Where in the record.</param>
/// <param name="Reason">What is wrong, without the record's content.</param>
public sealed record NoIdentity(string Rule, string Path, string Reason) : IdentityReading;

using System.Globalization;
using System.Security.Cryptography;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Curating;

namespace Penstock.Pipelines.Records;

/// <summary>Reads what identifies records, without a tree. Not thread-safe: it is reused from record to record.</summary>
public sealed class IdentityReader
{
    private readonly RecordIdentity _identity;
    private readonly FieldFinder _fields;
    private readonly Range[] _values;

    /// <summary>Makes a reader for one stream's records.</summary>
    public IdentityReader(RecordIdentity identity)
    {
        _identity = identity;
        _fields = new FieldFinder([.. identity.Key, .. identity.Version is { } version ? [version] : Array.Empty<IReadOnlyList<string>>(), .. identity.ValidFrom is { } from ? [from] : Array.Empty<IReadOnlyList<string>>()]);
        _values = new Range[_fields.Count];
    }

    /// <summary>The key as one text.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The version, sortable by ordinal comparison.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Since when the record is valid; null: its version says it.</summary>
    public DateTimeOffset? ValidFrom { get; private set; }

    /// <summary>Reads a record's identity; gives what keeps it from having one, or null.</summary>
    /// <param name="json">The record.</param>
    /// <param name="isValid">Whether the bytes are known to be one JSON object.</param>
    /// <param name="tieBreak">Orders records whose version field is equal, or that have none (<c>CuratedVersion</c>).</param>
    /// <param name="version">The version that is known already; null: the record's version field says it.</param>
    /// <param name="digest">What stands for the record if it has no key; null: its hash.</param>
    /// <param name="areNamesOnce">Whether the record is known to have none of its members twice.</param>
    public Violation? Read(ReadOnlySpan<byte> json, bool isValid, ReadOnlySpan<char> tieBreak, string? version = null, string? digest = null, bool areNamesOnce = false)
    {
        if (!isValid && JsonSkim.Problem(json) is { } problem)
            return new Violation("json", "", problem);
        _fields.Find(json, _values, areNamesOnce);
        for (int i = 0; i < _identity.Key.Count; i++)
        {
            if (!IsPlain(json[_values[i]]))
                return new Violation("key", string.Join('.', _identity.Key[i]), "The key is missing, null, or not a plain value.");
        }

        Key = _identity.Key.Count switch
        {
            0 => digest ?? Convert.ToHexStringLower(SHA256.HashData(json))[..32],
            1 => JsonSkim.Text(json[_values[0]])!,
            _ => JoinKey(json),
        };
        int next = _identity.Key.Count;
        ReadOnlySpan<byte> field = _identity.Version is null ? default : json[_values[next++]];
        ValidFrom = _identity.ValidFrom is null ? null : Moment.Read(json[_values[next]]);

        // A record without a version is as old as can be: it never overwrites one that has a version.
        Version = CuratedVersion.Of(version ?? SortableVersion.Of(field), tieBreak);
        return null;
    }

    private static bool IsPlain(ReadOnlySpan<byte> value) => !value.IsEmpty && value[0] is not ((byte)'{' or (byte)'[' or (byte)'n');

    // One text for several parts, different for different parts: the separator is escaped in them.
    private string JoinKey(ReadOnlySpan<byte> json)
    {
        string[] parts = new string[_identity.Key.Count];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = JsonSkim.Text(json[_values[i]])!.Replace("\\", "\\\\").Replace("|", "\\|");
        return string.Join('|', parts);
    }
}

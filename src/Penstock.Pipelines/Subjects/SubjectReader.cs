using System.Text;
using System.Text.Json;
using Penstock.Pipelines.Records;

namespace Penstock.Pipelines.Subjects;

/// <summary>
/// Finds out whom a record is about, in one pass over its UTF-8. It looks where the stream's paths lead, from the record itself and
/// from within an envelope (<c>payload</c>, <c>before</c>, <c>after</c>, <c>data</c>), so that a raw line and a curated record are read alike. Not
/// thread-safe: it is reused from record to record.
/// </summary>
public sealed class SubjectReader : IDisposable
{
    // One bit each, and one for the version.
    private const int MaxPaths = 31;

    private static readonly byte[][] Envelopes = ["payload"u8.ToArray(), "before"u8.ToArray(), "after"u8.ToArray(), "data"u8.ToArray()];

    private readonly (byte[] Kind, byte[][] Parts)[] _paths;
    private readonly SubjectHash _hash;
    private readonly int _versionPath;
    private readonly List<SubjectId> _found = [];
    private byte[] _unescaped = new byte[256];

    /// <summary>Makes a reader for one stream's records.</summary>
    /// <param name="subject">Where records name their subject.</param>
    /// <param name="key">The key that hides names.</param>
    /// <param name="version">The path of the version, to be read along; null if it isn't needed.</param>
    public SubjectReader(StreamSubject subject, SubjectKey key, string? version = null)
    {
        _paths = [.. subject.Paths.Take(MaxPaths).Select(path => (Encoding.UTF8.GetBytes(path.Kind), PartsOf(path.Path)))];
        _versionPath = version is null ? -1 : _paths.Length;
        if (version is not null)
            _paths = [.. _paths, ([], PartsOf(version))];
        _hash = new SubjectHash(key);
    }

    /// <summary>The instant that the last record's version is; null if it has none, or one that is no instant.</summary>
    public DateTimeOffset? Version { get; private set; }

    /// <summary>The ids of the subjects that a record names, in the order of the record; valid until the next call. None of what isn't JSON.</summary>
    public IReadOnlyList<SubjectId> Read(ReadOnlySpan<byte> json)
    {
        _found.Clear();
        Version = null;
        var reader = new Utf8JsonReader(json);
        try
        {
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                ReadObject(ref reader, 0, uint.MaxValue, mayBeEnvelope: true);
        }
        catch (JsonException)
        {
            // What was found before the break counts: rather too much than too little.
        }

        return _found;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private static byte[][] PartsOf(string path) =>
        [.. path.Split('.').Select(part => Encoding.UTF8.GetBytes(part.EndsWith("[]", StringComparison.Ordinal) ? part[..^2] : part))];

    // A bit of open is set for each path whose parents have matched on the way here.
    private void ReadObject(ref Utf8JsonReader reader, int depth, uint open, bool mayBeEnvelope)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            uint matched = 0;
            for (int i = 0; i < _paths.Length; i++)
            {
                if ((open >> i & 1) == 1 && depth < _paths[i].Parts.Length && reader.ValueTextEquals(_paths[i].Parts[depth]))
                    matched |= 1u << i;
            }

            bool isEnvelope = mayBeEnvelope && IsEnvelope(ref reader);
            reader.Read();
            if (isEnvelope && reader.TokenType == JsonTokenType.StartObject)
            {
                Utf8JsonReader again = reader;
                if (matched != 0)
                    ReadValue(ref again, depth, matched);
                ReadObject(ref reader, 0, uint.MaxValue, mayBeEnvelope: true);
            }
            else if (matched == 0)
                reader.Skip();
            else
                ReadValue(ref reader, depth, matched);
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, int depth, uint matched)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadObject(ref reader, depth + 1, matched, mayBeEnvelope: false);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadValue(ref reader, depth, matched);
                break;
            case JsonTokenType.String or JsonTokenType.Number:
                ReadOnlySpan<byte> name = Text(ref reader);
                for (int i = 0; i < _paths.Length && !name.IsEmpty; i++)
                {
                    if ((matched >> i & 1) == 0 || depth != _paths[i].Parts.Length - 1)
                        continue;
                    if (i == _versionPath)
                        Version = SortableVersion.InstantOf(name);
                    else
                        Add(_hash.Of(_paths[i].Kind, name));
                }

                break;
        }
    }

    private void Add(SubjectId id)
    {
        if (!_found.Contains(id))
            _found.Add(id);
    }

    private static bool IsEnvelope(ref Utf8JsonReader reader)
    {
        foreach (byte[] name in Envelopes)
        {
            if (reader.ValueTextEquals(name))
                return true;
        }

        return false;
    }

    private ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan;
        if (_unescaped.Length < reader.ValueSpan.Length)
            _unescaped = new byte[reader.ValueSpan.Length * 2];
        return _unescaped.AsSpan(0, reader.CopyString(_unescaped));
    }
}

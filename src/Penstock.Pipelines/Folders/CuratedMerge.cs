using System.Buffers;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders;

/// <summary>Writes a shard anew: what is stored and what changes, both sorted by key, in one pass.</summary>
internal sealed class CuratedMerge : IDisposable
{
    private readonly FileStream? _old;
    private readonly FileStream _data;
    private readonly ShardVersionsWriter _versions;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
    private long _copyFrom, _copyLength;
    private int _count;

    private CuratedMerge(FileStream? old, string data, string versions)
    {
        _old = old;
        _data = new FileStream(data, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        _versions = new ShardVersionsWriter(versions);
    }

    /// <summary>Writes the files; gives the number of records.</summary>
    public static int Write(CuratedShard shard, SortedDictionary<string, CuratedRecord?> changes, string data, string versions, DateTime modified)
    {
        using var merge = new CuratedMerge(shard.OpenVersions() is { } stored ? Opened(stored, shard) : null, data, versions);
        using SortedDictionary<string, CuratedRecord?>.Enumerator change = changes.GetEnumerator();
        bool more = change.MoveNext();
        foreach (ShardEntry entry in shard.Entries())
        {
            for (; more && string.CompareOrdinal(change.Current.Key, entry.Key) < 0; more = change.MoveNext())
                merge.Add(change.Current.Value);
            if (more && change.Current.Key == entry.Key)
            {
                merge.Add(change.Current.Value);
                more = change.MoveNext();
            }
            else
                merge.Keep(entry);
        }

        for (; more; more = change.MoveNext())
            merge.Add(change.Current.Value);
        merge.Finish(modified);
        return merge._count;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _versions.Dispose();
        _data.Dispose();
        _old?.Dispose();
    }

    private static FileStream Opened(ShardVersionsReader stored, CuratedShard shard)
    {
        stored.Dispose();
        return shard.OpenData();
    }

    private void Add(CuratedRecord? record)
    {
        if (record is null)
            return;
        CopyKept();
        WriteLine(record.Json.Span);
        _versions.Write(record.Key, record.Version, record.Json.Length);
        _count++;
    }

    // Runs of unchanged records are copied at once.
    private void Keep(in ShardEntry entry)
    {
        if (_copyFrom + _copyLength != entry.Offset)
        {
            CopyKept();
            _copyFrom = entry.Offset;
        }

        _copyLength += entry.Length + 1;
        _versions.Write(entry.Key, entry.Version, entry.Length);
        _count++;
    }

    private void CopyKept()
    {
        if (_copyLength > 0)
            _old!.Position = _copyFrom;
        for (; _copyLength > 0; )
        {
            int read = _old!.Read(_buffer, 0, (int)Math.Min(_buffer.Length, _copyLength));
            if (read == 0)
                throw new EndOfStreamException($"'{_old.Name}' ended before its last record.");
            _data.Write(_buffer, 0, read);
            _copyLength -= read;
            _copyFrom += read;
        }
    }

    // A line's end inside a record can only be white space between tokens: in a string JSON escapes it.
    private void WriteLine(ReadOnlySpan<byte> json)
    {
        while (json.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and int at)
        {
            _data.Write(json[..at]);
            _data.WriteByte((byte)' ');
            json = json[(at + 1)..];
        }

        _data.Write(json);
        _data.WriteByte((byte)'\n');
    }

    private void Finish(DateTime modified)
    {
        CopyKept();
        _data.Flush();
        File.SetLastWriteTimeUtc(_data.SafeFileHandle, modified);
        _versions.Finish(_data.Length, File.GetLastWriteTimeUtc(_data.SafeFileHandle).Ticks);
    }
}

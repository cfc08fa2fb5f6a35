using System.Text;

namespace Penstock.Pipelines.Folders;

/// <summary>A record of a shard: where it is in the data and which version it is.</summary>
/// <param name="Key">The record's key.</param>
/// <param name="Version">The record's version.</param>
/// <param name="Offset">Where the record begins in the data, in bytes.</param>
/// <param name="Length">The length of its JSON in bytes, without the line's end.</param>
internal readonly record struct ShardEntry(string Key, string Version, long Offset, int Length);

/// <summary>
/// The file beside a shard's data: which data it belongs to (length and time of modification), and key, version and length of each
/// of its lines, in their order. Binary, since nobody but the store reads it.
/// </summary>
internal sealed class ShardVersionsReader : IDisposable
{
    private readonly BinaryReader _reader;
    private int _left;
    private long _offset;

    private ShardVersionsReader(string path)
    {
        _reader = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan), Encoding.UTF8);
        if (_reader.ReadInt32() != ShardVersionsWriter.Magic)
            throw new InvalidDataException($"{path}: not a file of versions. Delete the table's folder under 'curated' and replay.");
        DataLength = _reader.ReadInt64();
        DataTicks = _reader.ReadInt64();
        _left = _reader.ReadInt32();
    }

    public long DataLength { get; }

    public long DataTicks { get; }

    public static ShardVersionsReader? TryOpen(string path) => File.Exists(path) ? new ShardVersionsReader(path) : null;

    public bool Read(out ShardEntry entry)
    {
        entry = default;
        if (_left-- == 0)
            return false;
        entry = new ShardEntry(_reader.ReadString(), _reader.ReadString(), _offset, _reader.ReadInt32());
        _offset += entry.Length + 1;
        return true;
    }

    public void Dispose() => _reader.Dispose();
}

/// <summary>Writes what <see cref="ShardVersionsReader"/> reads.</summary>
internal sealed class ShardVersionsWriter : IDisposable
{
    public const int Magic = 0x31565350; // "PSV1"
    private readonly FileStream _file;
    private readonly BinaryWriter _writer;
    private int _count;

    public ShardVersionsWriter(string path)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        _writer = new BinaryWriter(_file, Encoding.UTF8);
        WriteHeader(0, 0);
    }

    public void Write(string key, string version, int length)
    {
        _writer.Write(key);
        _writer.Write(version);
        _writer.Write(length);
        _count++;
    }

    public void Finish(long dataLength, long dataTicks)
    {
        _writer.Seek(0, SeekOrigin.Begin);
        WriteHeader(dataLength, dataTicks);
        _writer.Flush();
        _file.Flush();
    }

    public void Dispose() => _writer.Dispose();

    private void WriteHeader(long dataLength, long dataTicks)
    {
        _writer.Write(Magic);
        _writer.Write(dataLength);
        _writer.Write(dataTicks);
        _writer.Write(_count);
    }
}

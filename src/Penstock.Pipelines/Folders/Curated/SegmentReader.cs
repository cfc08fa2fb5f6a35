using System.Buffers;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>Reads a segment from its beginning to its end. What is opened stays readable while others write.</summary>
internal sealed class SegmentReader : IDisposable
{
    private const int LeastBuffer = 64 * 1024;

    private readonly FileStream _file;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(LeastBuffer);
    private int _start;
    private int _end;
    private int _length;
    private int _keyLength;
    private int _versionLength;

    /// <param name="path">The segment's file.</param>
    /// <param name="age">How new it is among others: the greater the newer.</param>
    public SegmentReader(string path, int age) =>
        (Age, _file) = (age, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan));

    /// <summary>How new the segment is.</summary>
    public int Age { get; }

    /// <summary>The entry that it stands on, valid until <see cref="Read"/> is called.</summary>
    public SegmentEntry Current => new(_buffer.AsSpan(_start, _length));

    /// <summary>Goes to the next entry; false at the end.</summary>
    public bool Read()
    {
        _start += _length;
        _length = 0;
        if (!Need(SegmentEntry.HeadLength))
            return false;
        int length = SegmentEntry.LengthOf(_buffer.AsSpan(_start, SegmentEntry.HeadLength));
        if (!Need(length))
            throw new EndOfStreamException($"'{_file.Name}' ended before its last record. Delete the folder of its table under 'curated' and replay the stream.");
        _length = length;
        SegmentEntry entry = Current;
        (_keyLength, _versionLength) = (entry.Key.Length, entry.Version.Length);
        return true;
    }

    /// <summary>The order of what it stands on to what another one stands on, as <see cref="SegmentEntry.OrderTo"/> says.</summary>
    public int OrderTo(SegmentReader other)
    {
        int order = _buffer[_start].CompareTo(other._buffer[other._start]);
        if (order == 0)
            order = Key.SequenceCompareTo(other.Key);
        return order == 0 ? Version.SequenceCompareTo(other.Version) : order;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _file.Dispose();
    }

    private ReadOnlySpan<byte> Key => _buffer.AsSpan(_start + SegmentEntry.HeadLength, _keyLength);

    private ReadOnlySpan<byte> Version => _buffer.AsSpan(_start + SegmentEntry.HeadLength + _keyLength, _versionLength);

    private bool Need(int count)
    {
        if (_end - _start >= count)
            return true;
        MakeRoom(count);
        while (_end - _start < count)
        {
            int read = _file.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }

    private void MakeRoom(int count)
    {
        byte[] target = count > _buffer.Length ? ArrayPool<byte>.Shared.Rent(count) : _buffer;
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        (_start, _end) = (0, _end - _start);
        if (target == _buffer)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = target;
    }
}

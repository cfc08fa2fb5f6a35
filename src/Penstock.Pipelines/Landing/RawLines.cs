using System.Buffers;
using System.IO.Compression;

namespace Penstock.Pipelines.Landing;

/// <summary>Reads a gzip JSON Lines blob line by line, each in one piece; memory is that of the longest line.</summary>
public sealed class RawLines : IAsyncDisposable
{
    private readonly GZipStream _stream;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
    private int _start;
    private int _end;
    private int _searched = -1;
    private bool _isAtEnd;

    /// <param name="compressed">The blob; it is disposed of at the end.</param>
    public RawLines(Stream compressed) => _stream = new GZipStream(compressed, CompressionMode.Decompress);

    /// <summary>Reads on if no whole line is there; false at the end. Call <see cref="TryRead"/> afterwards until it gives none.</summary>
    /// <exception cref="InvalidDataException">The blob isn't gzip, or is cut off.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken = default)
    {
        while (!HasLine())
        {
            if (_isAtEnd)
                return _start < _end;
            MakeRoom();
            int read = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            _isAtEnd = read == 0;
            _end += read;
        }

        return true;
    }

    /// <summary>Gives the next line, without its end, valid until <see cref="FillAsync"/> is called.</summary>
    public bool TryRead(out ReadOnlyMemory<byte> line)
    {
        line = default;
        if (_start == _end)
            return false;
        int length = _searched < 0 ? _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n') : _searched;
        _searched = -1;
        if (length < 0 && !_isAtEnd)
            return false;
        line = _buffer.AsMemory(_start, length < 0 ? _end - _start : length);
        _start = length < 0 ? _end : _start + length + 1;
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end) = (0, 0);
        return _stream.DisposeAsync();
    }

    private bool HasLine()
    {
        _searched = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        return _searched >= 0;
    }

    private void MakeRoom()
    {
        if (_start == 0 && _end < _buffer.Length)
            return;
        byte[] target = _buffer;
        if (_end - _start > _buffer.Length / 2)
            target = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        (_start, _end) = (0, _end - _start);
        if (target != _buffer)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = target;
    }
}

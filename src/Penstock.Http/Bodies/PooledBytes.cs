using System.Buffers;

namespace Penstock.Http.Bodies;

/// <summary>A body in memory, from the shared pool.</summary>
internal sealed class PooledBytes : IDisposable
{
    private byte[] _buffer = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, Length);

    /// <summary>Opens the bytes for reading; they must not be disposed of meanwhile.</summary>
    public Stream OpenRead() => new MemoryStream(_buffer, 0, Length, writable: false);

    /// <summary>Reads a stream to its end; false if it is longer than the limit, of which at most one byte more is read.</summary>
    public async ValueTask<bool> ReadAsync(Stream stream, int limit, int expected, CancellationToken cancellationToken)
    {
        Grow(Math.Min(Math.Max(expected, 1024), limit + 1));
        while (true)
        {
            int read = await stream.ReadAsync(_buffer.AsMemory(Length, Math.Min(_buffer.Length, limit + 1) - Length), cancellationToken);
            Length += read;
            if (Length > limit)
                return false;
            if (read == 0)
                return true;
            if (Length == _buffer.Length)
                Grow(2 * _buffer.Length);
        }
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        (_buffer, Length) = ([], 0);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private void Grow(int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        Span.CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

using System.Buffers;

namespace Penstock.Connectors.Http;

/// <summary>Bytes in one pooled array that grows: a response's body, or the records made from it.</summary>
internal sealed class PageBuffer(int capacity = PageBuffer.FirstSize) : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 64 * 1024;

    // The pool rounds up to powers of two, and keeps what is given back: a rare large page shouldn't stay for ever.
    private const int MostPooled = 32 * 1024 * 1024;

    // The shared pool keeps an array for each thread, and a page meets many: usual sizes have one pool for all threads.
    private const int MostUsual = 4 * 1024 * 1024;
    private static readonly ArrayPool<byte> Usual = ArrayPool<byte>.Create(MostUsual, 8);

    private byte[]? _array = Rent(Math.Max(capacity, 256));

    public int Length { get; private set; }

    public Memory<byte> Written => _array.AsMemory(0, Length);

    public static PageBuffer Of(ReadOnlySpan<byte> bytes)
    {
        var buffer = new PageBuffer(bytes.Length);
        buffer.Write(bytes);
        return buffer;
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream; it has its own limit.</param>
    /// <param name="announced">The size that was announced; a hint that may lie.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async ValueTask<PageBuffer> ReadAsync(Stream stream, long? announced, CancellationToken cancellationToken)
    {
        // One byte more than announced shows the end without growing.
        var buffer = new PageBuffer((int)Math.Clamp((announced ?? 0) + 1, FirstSize, 16 * 1024 * 1024));
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer.GetMemory(), cancellationToken)) > 0)
            {
                buffer.Advance(read);
            }

            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ObjectDisposedException.ThrowIf(_array is null, this);
        if (_array.Length - Length < Math.Max(sizeHint, 1))
        {
            Grow(Math.Max(sizeHint, 1));
        }

        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Advance(int count) => Length += count;

    public void Clear() => Length = 0;

    public Stream OpenRead() => new MemoryStream(_array!, 0, Length, writable: false);

    private void Grow(int sizeHint)
    {
        // Twice as large again would hold three times as much as there is, which counts where there is much.
        var more = _array!.Length < MostPooled ? _array.Length : _array.Length / 2;
        var larger = Rent((int)Math.Min(Math.Max((long)_array.Length + more, (long)Length + sizeHint), Array.MaxLength));
        _array.AsSpan(0, Length).CopyTo(larger);
        Return(_array);
        _array = larger;
    }

    private static byte[] Rent(int size) => size <= MostPooled ? PoolOf(size).Rent(size) : GC.AllocateUninitializedArray<byte>(size);

    private static void Return(byte[] array)
    {
        if (array.Length <= MostPooled) PoolOf(array.Length).Return(array);
    }

    private static ArrayPool<byte> PoolOf(int size) => size <= MostUsual ? Usual : ArrayPool<byte>.Shared;

    public void Dispose()
    {
        if (_array is not null)
        {
            Return(_array);
            _array = null;
            Length = 0;
        }
    }
}

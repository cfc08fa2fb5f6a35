using System.Buffers;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>Writes a file in large blocks out of pooled memory.</summary>
internal sealed class BlockWriter : IBufferWriter<byte>, IDisposable
{
    private const int BlockLength = 128 * 1024;

    private readonly FileStream _file;
    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockLength);
    private int _used;

    public BlockWriter(string path) => _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>How much was written.</summary>
    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Advance(bytes.Length);
    }

    public void Advance(int count)
    {
        _used += count;
        Length += count;
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _block.AsSpan(_used);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _block.AsMemory(_used);
    }

    /// <summary>Writes what is still in memory.</summary>
    /// <param name="modified">The file's time of modification; null for the clock's.</param>
    public void Finish(DateTime? modified = null)
    {
        Flush();
        if (modified is { } time)
            File.SetLastWriteTimeUtc(_file.SafeFileHandle, time);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_block);
        _block = [];
        _file.Dispose();
    }

    private void Reserve(int count)
    {
        if (_block.Length - _used >= count)
            return;
        Flush();
        if (_block.Length >= count)
            return;
        ArrayPool<byte>.Shared.Return(_block);
        _block = ArrayPool<byte>.Shared.Rent(count);
    }

    private void Flush()
    {
        _file.Write(_block, 0, _used);
        _used = 0;
    }
}

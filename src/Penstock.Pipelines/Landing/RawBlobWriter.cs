using System.IO.Compression;

namespace Penstock.Pipelines.Landing;

/// <summary>Gathers records as gzip JSON Lines in memory until they are put as one raw blob. Reused from blob to blob.</summary>
public sealed class RawBlobWriter : IDisposable
{
    // A blob that outgrows the first size mostly becomes a full one: one step there, rather than arrays of every size between.
    private const int SmallBlob = 256 * 1024;
    private const int FullBlob = 4 * 1024 * 1024;

    private readonly MemoryStream _compressed = new();
    private GZipStream? _gzip;

    /// <summary>How many records it holds.</summary>
    public int Records { get; private set; }

    /// <summary>The records' size before compression, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds a record.</summary>
    /// <param name="json">One JSON object in UTF-8, without line breaks.</param>
    public void Add(ReadOnlySpan<byte> json)
    {
        // Fastest: raw is written once and read seldom, and the worker's CPU is what extraction costs.
        _gzip ??= new GZipStream(_compressed, CompressionLevel.Fastest, leaveOpen: true);
        _gzip.Write(json);
        _gzip.WriteByte((byte)'\n');
        if (_compressed.Length > SmallBlob && _compressed.Capacity < FullBlob)
            _compressed.Capacity = FullBlob;
        Records++;
        Bytes += json.Length + 1;
    }

    /// <summary>Ends the blob and gives its bytes, valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        _gzip?.Dispose();
        _gzip = null;
        return _compressed.GetBuffer().AsMemory(0, (int)_compressed.Length);
    }

    /// <summary>Begins the next blob.</summary>
    public void Clear()
    {
        _gzip?.Dispose();
        _gzip = null;
        _compressed.SetLength(0);
        (Records, Bytes) = (0, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gzip?.Dispose();
        _compressed.Dispose();
    }
}

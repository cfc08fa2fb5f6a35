using System.IO.Compression;
using System.Runtime.CompilerServices;
using Penstock.Connectors.Http;

namespace Penstock.Connectors.Records.Decoding;

/// <summary><c>GzipDecoder</c>: unpacks what begins like gzip and passes on what doesn't.</summary>
internal sealed class Gzip(IBodyParser inner) : IBodyParser
{
    public async IAsyncEnumerable<BodyBatch> ParseAsync(Stream stream, HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = new byte[2];
        var length = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        var whole = new PrefixedStream(start.AsMemory(0, length), stream);
        var isPacked = start is [0x1f, 0x8b];
        await using var unpacked = isPacked ? answer.Bound(new GZipStream(whole, CompressionMode.Decompress)) : whole;
        await foreach (var batch in inner.ParseAsync(unpacked, answer, cancellationToken))
        {
            yield return batch;
        }
    }
}

/// <summary><c>ZipfileDecoder</c>: the files of a ZIP archive, one after the other.</summary>
internal sealed class Zipfile(IBodyParser inner) : IDecoder
{
    public bool Streams => false;

    public bool GivesOneBatch => false;

    public async IAsyncEnumerable<BodyBatch> DecodeAsync(HttpAnswer answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var body = await answer.ReadAsync(cancellationToken);
        using var archive = Open(body, answer);
        // All files together may be as large as one: an archive can hold many that are large only when unpacked.
        var before = 0L;
        foreach (var entry in archive.Entries)
        {
            await using var file = answer.Bound(await entry.OpenAsync(cancellationToken), before);
            await foreach (var batch in inner.ParseAsync(file, answer, cancellationToken))
            {
                yield return batch;
            }

            before += file.Position;
        }
    }

    private static ZipArchive Open(PageBuffer body, HttpAnswer answer)
    {
        try
        {
            return new ZipArchive(body.OpenRead(), ZipArchiveMode.Read);
        }
        catch (InvalidDataException)
        {
            throw SourceFaultException.System($"The response of {answer.Call} is not a ZIP file ({body.Length} bytes).", answer.Status);
        }
    }
}

/// <summary>Some bytes that were read already, and the rest of their stream.</summary>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : Stream
{
    private ReadOnlyMemory<byte> _prefix = prefix;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _prefix.IsEmpty ? rest.ReadAsync(buffer, cancellationToken) : new(TakePrefix(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) =>
        _prefix.IsEmpty ? rest.Read(buffer, offset, count) : TakePrefix(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int TakePrefix(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, _prefix.Length);
        _prefix.Span[..length].CopyTo(buffer);
        _prefix = _prefix[length..];
        return length;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

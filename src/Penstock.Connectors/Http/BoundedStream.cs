namespace Penstock.Connectors.Http;

/// <summary>A response's body that gives up when it grows over its limit or stands still.</summary>
internal sealed class BoundedStream(Stream inner, long limit, TimeSpan idle, TimeProvider time, string call) : Stream
{
    private long _read;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var timeout = new CancellationTokenSource(idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return Count(await inner.ReadAsync(buffer, either.Token));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw SourceFaultException.Transient($"The response of {call} stood still for {idle}.");
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw SourceFaultException.Transient($"The response of {call} broke off: {broken.Message}");
        }
        catch (InvalidDataException invalid)
        {
            throw SourceFaultException.System($"The response of {call} can't be decompressed: {invalid.Message}");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private int Count(int bytes)
    {
        _read += bytes;
        return _read <= limit ? bytes : throw TooLarge();
    }

    private SourceFaultException TooLarge() => SourceFaultException.System(
        $"The response of {call} is larger than the limit of {limit} bytes after decompression. Ask for smaller pages, or raise the limit.");

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

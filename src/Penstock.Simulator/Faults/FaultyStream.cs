namespace Penstock.Simulator;

/// <summary>The way to the caller, with a fault in it: slow, or cut. What comes after the cut is swallowed; the connection is aborted when the call is counted.</summary>
internal sealed class FaultyStream(Stream inner, Fault fault, TimeProvider time, CancellationToken aborted) : Stream
{
    private long _sent;
    private bool _cut;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (fault is Fault.SlowBody slow) await WriteSlowlyAsync(buffer, slow);
        else if (fault is Fault.CutBody cut) await WriteUntilCutAsync(buffer, cut);
        else await inner.WriteAsync(buffer, cancellationToken);
    }

    private async Task WriteSlowlyAsync(ReadOnlyMemory<byte> buffer, Fault.SlowBody slow)
    {
        while (!buffer.IsEmpty)
        {
            var inPart = (int)(_sent % slow.Bytes);
            if (inPart == 0)
            {
                await inner.FlushAsync(aborted);
                await Task.Delay(slow.Pause, time, aborted);
            }

            var part = buffer[..Math.Min(slow.Bytes - inPart, buffer.Length)];
            _sent += part.Length;
            await inner.WriteAsync(part, aborted);
            buffer = buffer[part.Length..];
        }
    }

    private async Task WriteUntilCutAsync(ReadOnlyMemory<byte> buffer, Fault.CutBody cut)
    {
        if (_cut) return;
        var room = (int)Math.Min(buffer.Length, cut.AfterBytes - _sent);
        _sent += room;
        await inner.WriteAsync(buffer[..room], aborted);
        if (_sent < cut.AfterBytes) return;
        _cut = true;
        // What was sent must have left, or the caller would see a refused connection and not a cut body.
        await inner.FlushAsync(aborted);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => _cut ? Task.CompletedTask : inner.FlushAsync(cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

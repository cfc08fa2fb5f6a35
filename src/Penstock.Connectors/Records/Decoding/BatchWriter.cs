using Penstock.Connectors.Http;

namespace Penstock.Connectors.Records.Decoding;

/// <summary>Collects bodies until there are enough for a batch.</summary>
internal sealed class BatchWriter(int bytesPerBatch) : IDisposable
{
    private readonly List<Range> _bodies = [];
    private int _start;

    /// <summary>Where the body at hand is written.</summary>
    public PageBuffer Buffer { get; } = new();

    /// <summary>Whether the batch is large enough to be given.</summary>
    public bool IsFull => Buffer.Length >= bytesPerBatch;

    public bool IsEmpty => _bodies.Count == 0;

    /// <summary>Ends the body at hand.</summary>
    public void EndBody()
    {
        _bodies.Add(_start..Buffer.Length);
        _start = Buffer.Length;
    }

    /// <summary>The batch; valid until <see cref="Clear"/>.</summary>
    public BodyBatch Batch => new(Buffer.Written, _bodies);

    public void Clear()
    {
        Buffer.Clear();
        _bodies.Clear();
        _start = 0;
    }

    public void Dispose() => Buffer.Dispose();
}

using Penstock.Pipelines.Ports;

namespace Penstock.Http.Tests;

/// <summary>A store that can be told to fail.</summary>
internal sealed class FailingBlobStore(IBlobStore inner) : IBlobStore
{
    public bool FailsWrites { get; set; }

    public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) => inner.OpenAsync(name, cancellationToken);

    public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        FailsWrites ? throw new IOException("disk full: SECRET-PATH") : inner.PutIfAbsentAsync(name, content, cancellationToken);

    public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        FailsWrites ? throw new IOException("disk full: SECRET-PATH") : inner.PutIfMatchAsync(name, content, etag, cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

    public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, etag, cancellationToken);
}

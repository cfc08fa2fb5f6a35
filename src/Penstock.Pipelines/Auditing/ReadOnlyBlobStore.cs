using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Auditing;

/// <summary>Reads from a store and says of every write that it was stored, which it wasn't.</summary>
/// <param name="inner">The store.</param>
internal sealed class ReadOnlyBlobStore(IBlobStore inner) : IBlobStore
{
    public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default) => inner.GetAsync(name, cancellationToken);

    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) => inner.OpenAsync(name, cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

    public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<PutOutcome>(new Stored("audit"));

    public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<PutOutcome>(new Stored("audit"));

    public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) => ValueTask.FromResult(false);
}

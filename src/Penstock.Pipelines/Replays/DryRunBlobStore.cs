using System.Collections.Concurrent;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Replays;

/// <summary>Reads what there is, and writes nothing: what is written seems to be, and is forgotten.</summary>
/// <param name="inner">What there is.</param>
internal sealed class DryRunBlobStore(IBlobStore inner) : IBlobStore
{
    private readonly ConcurrentDictionary<string, Blob?> _written = new(StringComparer.Ordinal);
    private int _version;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _written.Clear();

    /// <inheritdoc/>
    public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default) =>
        _written.TryGetValue(name, out Blob? blob) ? ValueTask.FromResult(blob) : inner.GetAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) => inner.OpenAsync(name, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        await GetAsync(name, cancellationToken) is null ? Put(name, content) : PutConflict.Instance;

    /// <inheritdoc/>
    public async ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        (await GetAsync(name, cancellationToken))?.ETag == etag ? Put(name, content) : PutConflict.Instance;

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(name, cancellationToken) is not { } found || (etag is not null && found.ETag != etag))
            return false;
        _written[name] = null;
        return true;
    }

    private Stored Put(string name, ReadOnlyMemory<byte> content)
    {
        string etag = $"dry-{Interlocked.Increment(ref _version)}";
        _written[name] = new Blob(content.ToArray(), etag);
        return new Stored(etag);
    }
}

/// <summary>Sends nothing.</summary>
internal sealed class DryRunWorkQueue : IWorkQueue
{
    /// <inheritdoc/>
    public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
}

using System.Runtime.CompilerServices;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Memory;

/// <summary>Blobs in memory, with the semantics of the real store. Safe for many threads.</summary>
/// <param name="time">Tells when a blob was last written.</param>
public sealed class MemoryBlobStore(TimeProvider time) : IBlobStore
{
    private const int ListingPage = 1000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _blobs = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private long _version;

    /// <inheritdoc/>
    public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Find(name) is { } entry ? new Blob(entry.Content, entry.ETag) { StoreTime = time.GetUtcNow() } : null);
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<Stream?>(Find(name) is { } entry ? new MemoryStream(entry.Content, writable: false) : null);
    }

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        Put(name, content, found => found is null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        Put(name, content, found => found?.ETag == etag, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        PortArguments.BlobPrefix(prefix);
        for (string? after = null; ; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<BlobEntry> page = Page(prefix, after);
            foreach (BlobEntry entry in page)
                yield return entry;
            if (page.Count < ListingPage)
                yield break;
            after = page[^1].Name;
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default)
    {
        PortArguments.BlobName(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_blobs.TryGetValue(name, out Entry? found) || (etag is not null && found.ETag != etag))
                return ValueTask.FromResult(false);
            _blobs.Remove(name);
            _names.Remove(name);
            return ValueTask.FromResult(true);
        }
    }

    private Entry? Find(string name)
    {
        PortArguments.BlobName(name);
        lock (_lock)
            return _blobs.GetValueOrDefault(name);
    }

    private ValueTask<PutOutcome> Put(string name, ReadOnlyMemory<byte> content, Func<Entry?, bool> allowed, CancellationToken cancellationToken)
    {
        PortArguments.BlobName(name);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] copy = content.ToArray();
        lock (_lock)
        {
            if (!allowed(_blobs.GetValueOrDefault(name)))
                return ValueTask.FromResult<PutOutcome>(PutConflict.Instance);
            string etag = (++_version).ToString("x");
            _blobs[name] = new Entry(copy, etag, time.GetUtcNow());
            _names.Add(name);
            return ValueTask.FromResult<PutOutcome>(new Stored(etag) { StoreTime = _blobs[name].LastModified });
        }
    }

    private List<BlobEntry> Page(string prefix, string? after)
    {
        lock (_lock)
        {
            return _names.GetViewBetween(after ?? prefix, prefix + char.MaxValue)
                .Where(name => name != after)
                .Take(ListingPage)
                .Select(name => new BlobEntry(name, _blobs[name].Content.Length, _blobs[name].ETag, _blobs[name].LastModified))
                .ToList();
        }
    }

    private sealed record Entry(byte[] Content, string ETag, DateTimeOffset LastModified);
}

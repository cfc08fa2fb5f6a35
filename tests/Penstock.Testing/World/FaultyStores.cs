using System.Runtime.CompilerServices;
using Penstock.Pipelines.Ports;

namespace Penstock.Testing.World;

/// <summary>A blob store whose caller may die around each call.</summary>
public sealed class FaultyBlobStore(IBlobStore inner, Faults faults) : IBlobStore
{
    public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default) =>
        faults.AroundAsync($"get {name}", () => inner.GetAsync(name, cancellationToken));

    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) =>
        faults.AroundAsync($"open {name}", () => inner.OpenAsync(name, cancellationToken));

    public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        faults.AroundAsync($"put {name}", () => inner.PutIfAbsentAsync(name, content, cancellationToken));

    public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        faults.AroundAsync($"replace {name}", () => inner.PutIfMatchAsync(name, content, etag, cancellationToken));

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await faults.AroundAsync($"list {prefix}", () => ValueTask.FromResult(true));
        await foreach (BlobEntry entry in inner.ListAsync(prefix, cancellationToken))
            yield return entry;
    }

    public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) =>
        faults.AroundAsync($"delete {name}", () => inner.DeleteAsync(name, etag, cancellationToken));
}

/// <summary>A queue whose sender may die around each message.</summary>
public sealed class FaultyWorkQueue(IWorkQueue inner, Faults faults) : IWorkQueue
{
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default) =>
        await faults.AroundAsync($"send {queue}", async () =>
        {
            await inner.SendAsync(queue, message, delay, cancellationToken);
            return true;
        });
}

/// <summary>A curated store whose caller may die around each call.</summary>
public sealed class FaultyCuratedStore(ICuratedStore inner, Faults faults) : ICuratedStore
{
    public ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default) =>
        faults.AroundAsync("upsert", () => inner.UpsertAsync(table, records, cancellationToken));

    public ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        faults.AroundAsync("delete", () => inner.DeleteAsync(table, keys, cancellationToken));

    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default) =>
        faults.AroundAsync("find", () => inner.FindAsync(table, key, cancellationToken));

    public IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default) => inner.ReadAsync(table, cancellationToken);
}

using Penstock.Pipelines.Ports;

namespace Penstock.Testing.Budgets;

/// <summary>A store that takes its time, so that workers meet.</summary>
internal sealed class SlowBlobStore(IBlobStore inner, TimeProvider time, TimeSpan latency, Random chance) : IBlobStore
{
    /// <summary>How many calls were made.</summary>
    public int Exchanges { get; private set; }

    public async ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        await TakeTimeAsync();
        Blob? blob = await inner.GetAsync(name, cancellationToken);
        await TakeTimeAsync();
        return blob;
    }

    public async ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        await TakeTimeAsync();
        PutOutcome outcome = await inner.PutIfAbsentAsync(name, content, cancellationToken);
        await TakeTimeAsync();
        return outcome;
    }

    public async ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default)
    {
        await TakeTimeAsync();
        PutOutcome outcome = await inner.PutIfMatchAsync(name, content, etag, cancellationToken);
        await TakeTimeAsync();
        return outcome;
    }

    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) => inner.OpenAsync(name, cancellationToken);

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

    public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, etag, cancellationToken);

    // Half of it on the way there, half on the way back.
    private Task TakeTimeAsync()
    {
        Exchanges++;
        return latency > TimeSpan.Zero ? Task.Delay(latency / 2 * (0.5 + chance.NextDouble()), time) : Task.CompletedTask;
    }
}

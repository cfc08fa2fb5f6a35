using System.Runtime.CompilerServices;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Costs;

/// <summary>Counts the operations on a blob store.</summary>
/// <param name="inner">The store.</param>
public sealed class MeteredBlobStore(IBlobStore inner) : IBlobStore
{
    private const int NamesPerPage = 5_000;
    private static readonly Usage Reading = new() { BlobReads = 1 };
    private static readonly Usage Writing = new() { BlobWrites = 1 };
    private static readonly Usage Listing = new() { BlobLists = 1 };

    /// <inheritdoc/>
    public ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        Meter.Count(Meter.BlobRead, Reading);
        return inner.GetAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        Meter.Count(Meter.BlobRead, Reading);
        return inner.OpenAsync(name, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        Meter.Count(Meter.BlobWrite, Writing);
        return inner.PutIfAbsentAsync(name, content, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default)
    {
        Meter.Count(Meter.BlobWrite, Writing);
        return inner.PutIfMatchAsync(name, content, etag, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int names = 0;
        Meter.Count(Meter.BlobList, Listing);
        await foreach (BlobEntry entry in inner.ListAsync(prefix, cancellationToken))
        {
            if (++names % NamesPerPage == 0)
                Meter.Count(Meter.BlobList, Listing);
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default)
    {
        // Deleting is free.
        Meter.Count(Meter.BlobDelete, null);
        return inner.DeleteAsync(name, etag, cancellationToken);
    }
}

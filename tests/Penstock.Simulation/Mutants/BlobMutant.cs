using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Mutants;

/// <summary>Stands between the stages and their blob store.</summary>
public abstract class BlobMutant : Mutant
{
    public override IBlobStore Wrap(IBlobStore blobs, World world) => new Broken(this, blobs, world);

    /// <summary>What is read instead.</summary>
    protected virtual ReadOnlyMemory<byte> Read(string name, ReadOnlyMemory<byte> content, World world) => content;

    /// <summary>What is done instead of writing a new blob.</summary>
    protected virtual ValueTask<PutOutcome> PutAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, World world) =>
        blobs.PutIfAbsentAsync(name, content);

    /// <summary>What is done instead of overwriting a blob.</summary>
    protected virtual ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world) =>
        blobs.PutIfMatchAsync(name, content, etag);

    /// <summary>The name that is used instead.</summary>
    protected virtual string Rename(string name) => name;

    private sealed class Broken(BlobMutant mutant, IBlobStore inner, World world) : IBlobStore
    {
        public async ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default) =>
            await inner.GetAsync(mutant.Rename(name), cancellationToken) is { } blob ? blob with { Content = mutant.Read(name, blob.Content, world) } : null;

        public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) => inner.OpenAsync(mutant.Rename(name), cancellationToken);

        public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
            mutant.PutAsync(inner, mutant.Rename(name), content, world);

        public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
            mutant.ReplaceAsync(inner, mutant.Rename(name), content, etag, world);

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

        public ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default) =>
            inner.DeleteAsync(mutant.Rename(name), etag, cancellationToken);
    }
}

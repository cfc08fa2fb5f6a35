using System.Runtime.CompilerServices;
using Penstock.Pipelines.Operating;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Watching;

/// <summary>Forgets the answers to requests with idempotency keys after their time.</summary>
/// <param name="blobs">Where they are.</param>
/// <param name="time">The clock.</param>
public sealed class KeyedRequestMonitor(IBlobStore blobs, TimeProvider time) : IMonitor
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<string> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = time.GetUtcNow();
        await foreach (BlobEntry blob in blobs.ListAsync(KeyedRequest.Folder, cancellationToken))
        {
            if (now - blob.LastModified >= KeyedRequests.Memory)
                await blobs.DeleteAsync(blob.Name, blob.ETag, cancellationToken);
        }

        yield break;
    }
}

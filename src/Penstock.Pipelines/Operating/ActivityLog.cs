using System.Runtime.CompilerServices;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Operating;

/// <summary>Who did what, when, from where, and what became of it. Entries are only ever added.</summary>
/// <param name="blobs">The listing.</param>
/// <param name="documents">Where entries are kept.</param>
public sealed class ActivityLog(IBlobStore blobs, DocumentStore documents)
{
    /// <summary>Adds an entry.</summary>
    public async ValueTask AddAsync(ActivityEntry entry, CancellationToken cancellationToken = default) =>
        await documents.CreateAsync(entry.Name, entry, cancellationToken);

    /// <summary>The entries, the newest first.</summary>
    /// <param name="after">Those after this id only; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<ActivityEntry> ReadAsync(string? after = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (BlobEntry blob in blobs.ListAsync(ActivityEntry.Folder, cancellationToken))
        {
            if (after is not null && string.CompareOrdinal(blob.Name, $"{ActivityEntry.Folder}{after}.json") <= 0)
                continue;
            if (await documents.FindAsync<ActivityEntry>(blob.Name, cancellationToken) is { } entry)
                yield return entry.Value;
        }
    }
}

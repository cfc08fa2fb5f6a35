using System.Collections.Concurrent;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Documents;

/// <summary>
/// All documents of a folder, as they are now. Each is kept in memory with its ETag, and only read again when the listing shows
/// another one: looking again costs one listing, however many documents there are.
/// </summary>
/// <param name="blobs">The listing.</param>
/// <param name="documents">The documents.</param>
/// <param name="folder">The folder, for a few thousand documents.</param>
public sealed class DocumentFolder<T>(IBlobStore blobs, DocumentStore documents, string folder)
    where T : class
{
    private const int ReadsAtOnce = 32;
    private readonly ConcurrentDictionary<string, Document<T>> _known = new(StringComparer.Ordinal);

    /// <summary>Gives the documents in the order of their names.</summary>
    public ValueTask<IReadOnlyList<Document<T>>> ReadAsync(CancellationToken cancellationToken = default) => ReadAsync("", cancellationToken);

    /// <summary>Gives the documents whose names go on with a prefix after the folder's.</summary>
    public async ValueTask<IReadOnlyList<Document<T>>> ReadAsync(string prefix, CancellationToken cancellationToken = default)
    {
        var entries = new List<BlobEntry>();
        await foreach (BlobEntry entry in blobs.ListAsync(folder + prefix, cancellationToken))
            entries.Add(entry);
        var found = new Document<T>?[entries.Count];
        var missing = new List<int>();
        for (int i = 0; i < found.Length; i++)
        {
            if (_known.TryGetValue(entries[i].Name, out Document<T>? known) && known.ETag == entries[i].ETag)
                found[i] = known;
            else
                missing.Add(i);
        }

        var together = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken, TaskScheduler = TaskScheduler.Current };
        await Parallel.ForEachAsync(missing, together, async (i, token) =>
        {
            if (await documents.FindAsync<T>(entries[i].Name, token) is { } read)
                _known[read.Name] = found[i] = read;
        });
        if (prefix.Length == 0)
            Forget(entries);
        return [.. found.OfType<Document<T>>()];
    }

    private void Forget(List<BlobEntry> entries)
    {
        if (_known.Count <= entries.Count)
            return;
        var there = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string gone in _known.Keys.Where(name => !there.Contains(name)))
            _known.TryRemove(gone, out _);
    }
}

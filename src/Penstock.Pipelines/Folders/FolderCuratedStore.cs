using System.Runtime.CompilerServices;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders;

/// <summary>
/// Curated tables as files that any tool reads: <c>{folder}/curated/{pipeline}/{stream}/part-NN.jsonl</c>, a record a line exactly as
/// given, 16 parts by hash of the key, each sorted by key (ordinal). The same records give the same bytes, whatever their history.
/// </summary>
/// <remarks>
/// A batch rewrites the parts that it touches, in one streaming pass: memory depends on the batch, time on the table. For millions
/// of records a table, use Cosmos DB.
/// </remarks>
public sealed class FolderCuratedStore : ICuratedStore
{
    private const int ShardCount = 16;
    private readonly DataFolder _folder;
    private readonly TimeProvider _time;

    /// <summary>Uses a folder; makes it if need be.</summary>
    /// <param name="folder">The data folder, shared with the other folder stores.</param>
    /// <param name="time">Gives the files their times.</param>
    /// <exception cref="IOException">The folder can't be made; the message says why and what to do.</exception>
    public FolderCuratedStore(string folder, TimeProvider time) => (_folder, _time) = (new DataFolder(folder, "curated"), time);

    /// <inheritdoc/>
    public async ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
    {
        foreach (CuratedRecord record in records)
            PortArguments.Key(record.Key);
        int stale = 0;
        await ChangeAsync(table, records, record => record.Key, (stored, shardRecords) =>
        {
            var changes = new SortedDictionary<string, CuratedRecord?>(StringComparer.Ordinal);
            foreach (CuratedRecord record in shardRecords)
            {
                if (stored.TryGetValue(record.Key, out string? version) && string.CompareOrdinal(record.Version, version) < 0)
                {
                    stale++;
                    continue;
                }

                stored[record.Key] = record.Version;
                changes[record.Key] = record;
            }

            return changes;
        }, cancellationToken);
        return new UpsertCounts(records.Count - stale, stale);
    }

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        int deleted = 0;
        await ChangeAsync(table, keys, key => key, (stored, _) =>
        {
            deleted += stored.Count;
            return new SortedDictionary<string, CuratedRecord?>(stored.ToDictionary(pair => pair.Key, _ => (CuratedRecord?)null), StringComparer.Ordinal);
        }, cancellationToken);
        return deleted;
    }

    /// <inheritdoc/>
    public async ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default)
    {
        using FolderLock held = await LockAsync(table, cancellationToken);
        CuratedShard shard = Shard(table, StableHash.Of(key, ShardCount));
        ShardEntry entry = shard.Settle() ? shard.Entries().FirstOrDefault(entry => entry.Key == key) : default;
        if (entry.Key is null)
            return null;
        await using FileStream data = shard.OpenData();
        return await ReadAsync(data, entry, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int index = 0; index < ShardCount; index++)
        {
            if (await OpenAsync(Shard(table, index), table, cancellationToken) is not var (data, versions))
                continue;
            using (versions)
            await using (data)
            {
                while (versions.Read(out ShardEntry entry))
                    yield return await ReadAsync(data, entry, cancellationToken);
            }
        }
    }

    private async Task ChangeAsync<T>(
        CuratedTable table,
        IReadOnlyList<T> items,
        Func<T, string> keyOf,
        Func<Dictionary<string, string>, IEnumerable<T>, SortedDictionary<string, CuratedRecord?>> change,
        CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            return;
        using FolderLock held = await LockAsync(table, cancellationToken);
        foreach (IGrouping<int, T> group in items.GroupBy(item => StableHash.Of(keyOf(item), ShardCount)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            CuratedShard shard = Shard(table, group.Key);
            await FolderErrors.ExplainAsync(TableFolder(table), () => Task.Run(() =>
            {
                HashSet<string> keys = group.Select(keyOf).ToHashSet(StringComparer.Ordinal);
                Dictionary<string, string> stored = (shard.Settle() ? shard.Entries() : [])
                    .Where(entry => keys.Contains(entry.Key))
                    .ToDictionary(entry => entry.Key, entry => entry.Version, StringComparer.Ordinal);
                SortedDictionary<string, CuratedRecord?> changes = change(stored, group);
                if (changes.Count > 0)
                    shard.Rewrite(changes, held.NextTime(_time));
                return true;
            }, cancellationToken));
        }
    }

    private async Task<(FileStream Data, ShardVersionsReader Versions)?> OpenAsync(CuratedShard shard, CuratedTable table, CancellationToken cancellationToken)
    {
        using FolderLock held = await LockAsync(table, cancellationToken);
        return shard.Settle() && shard.OpenVersions() is { } versions ? (shard.OpenData(), versions) : null;
    }

    private static async Task<CuratedRecord> ReadAsync(FileStream data, ShardEntry entry, CancellationToken cancellationToken)
    {
        byte[] json = new byte[entry.Length];
        if (data.Position != entry.Offset)
            data.Position = entry.Offset;
        await data.ReadExactlyAsync(json, cancellationToken);
        return new CuratedRecord(entry.Key, entry.Version, json);
    }

    private Task<FolderLock> LockAsync(CuratedTable table, CancellationToken cancellationToken) => _folder.LockAsync(TableFolder(table), cancellationToken);

    private CuratedShard Shard(CuratedTable table, int index) => new(
        _folder,
        Path.Combine(TableFolder(table), $"part-{index:D2}.jsonl"),
        Path.Combine(_folder.Root, ".penstock", "versions", Relative(table), $"part-{index:D2}"));

    private string TableFolder(CuratedTable table) => Path.Combine(_folder.Root, "curated", Relative(table));

    private static string Relative(CuratedTable table) =>
        FolderNames.FolderPath($"{BlobNames.Segment(table.Pipeline)}/{BlobNames.Segment(table.Stream)}");
}

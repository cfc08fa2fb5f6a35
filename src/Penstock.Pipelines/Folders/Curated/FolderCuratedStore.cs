using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders.Curated;

/// <summary>
/// Curated tables as files that any tool reads: <c>{folder}/curated/{pipeline}/{stream}/part-NN.jsonl</c>, a row a line, 16 parts by
/// hash of the key, each sorted by key and version (ordinal). The same records give the same bytes, whatever their history.
/// </summary>
/// <remarks>
/// A batch is appended as a sorted segment under <c>.penstock/curated</c>, segments are merged as they grow in number: a record is
/// written a few times in all, and memory is that of a batch. The curated files follow: of a small table with each batch, else when
/// nothing was written for a second, when a thirtieth of the time allows it, and when the store is disposed of. The methods of the
/// port see every batch at once.
/// </remarks>
public sealed class FolderCuratedStore : ICuratedStore, IAsyncDisposable
{
    private const long SmallTable = 4 * 1024 * 1024;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    // A table that is written to without a pause is settled every so many times as long as that takes.
    private const int TimesAsLong = 30;

    private readonly DataFolder _folder;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    // Tables whose curated files are behind, and when their last settling was over and how long it took.
    private readonly ConcurrentDictionary<string, bool> _behind = [];
    private readonly ConcurrentDictionary<string, (long Ended, TimeSpan Took)> _settled = [];

    /// <summary>Uses a folder; makes it if need be.</summary>
    /// <param name="folder">The data folder, shared with the other folder stores.</param>
    /// <param name="time">Says when to bring curated files up to date.</param>
    /// <exception cref="IOException">The folder can't be made; the message says why and what to do.</exception>
    public FolderCuratedStore(string folder, TimeProvider time)
    {
        (_folder, _time) = (new DataFolder(folder, "curated"), time);
        _timer = time.CreateTimer(_ => _ = SettleAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        FolderErrors.Explain(_folder.Root, () =>
        {
            FindBehind();
            return true;
        });
    }

    /// <inheritdoc/>
    public async ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
    {
        foreach (CuratedRecord record in records)
            PortArguments.Key(record.Key);
        if (records.Count == 0)
            return default;
        string name = NameOf(table), temporary = _folder.TemporaryPath();
        int stale = await OnDiskAsync(name, () => BatchSegment.Write(records, table.History, temporary), cancellationToken);
        using FolderLock held = await LockAsync(name, cancellationToken);
        await OnDiskAsync(name, () => Append(table, name, temporary), cancellationToken);
        return new UpsertCounts(records.Count - stale, stale);
    }

    /// <inheritdoc/>
    public async ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        string name = NameOf(table);
        using FolderLock held = await LockAsync(name, cancellationToken);
        return await OnDiskAsync(name, () => Files(name).Erase(keys.ToHashSet(StringComparer.Ordinal)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default)
    {
        using TableRows? rows = await OpenAsync(NameOf(table), cancellationToken);
        return await OnDiskAsync(NameOf(table), () => rows?.Next(Encoding.UTF8.GetBytes(key)) is { } found ? rows.Current(found) : null, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using TableRows? rows = await OpenAsync(NameOf(table), cancellationToken);
        while (rows?.Next() is { } next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (CuratedRecord row in next)
                yield return row;
        }
    }

    /// <summary>Brings the curated files of all tables that were written to up to date.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken = default)
    {
        foreach (string table in _behind.Keys)
        {
            using FolderLock held = await LockAsync(table, cancellationToken);
            if (_behind.TryRemove(table, out _))
                await OnDiskAsync(table, () => Settle(table), cancellationToken);
        }
    }

    /// <summary>Brings the curated files up to date.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await SettleAsync();
    }

    private bool Append(CuratedTable table, string name, string temporary)
    {
        TableManifest manifest = Files(name).Append(table, temporary);
        bool isDue = manifest.Bytes <= SmallTable
            || (_settled.TryGetValue(name, out var last) && Stopwatch.GetElapsedTime(last.Ended) > last.Took * TimesAsLong);
        if (isDue)
            return Settle(name);
        _settled.TryAdd(name, (Stopwatch.GetTimestamp(), Rest));
        _behind[name] = true;
        _timer.Change(Rest, Timeout.InfiniteTimeSpan);
        return true;
    }

    private bool Settle(string table)
    {
        long start = Stopwatch.GetTimestamp();
        Files(table).Settle();
        _settled[table] = (Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(start));
        _behind.TryRemove(table, out _);
        return true;
    }

    private async Task<TableRows?> OpenAsync(string table, CancellationToken cancellationToken)
    {
        using FolderLock held = await LockAsync(table, cancellationToken);
        return Files(table).Open();
    }

    // What a killed process left behind is settled with the next table that is.
    private void FindBehind()
    {
        string root = Path.Combine(_folder.Root, ".penstock", "curated");
        foreach (string manifest in Directory.Exists(root) ? Directory.EnumerateFiles(root, FolderTable.ManifestName, SearchOption.AllDirectories) : [])
            _behind[Path.GetRelativePath(root, Path.GetDirectoryName(manifest)!)] = true;
    }

    private Task<T> OnDiskAsync<T>(string table, Func<T> action, CancellationToken cancellationToken) =>
        FolderErrors.ExplainAsync(Path.Combine(_folder.Root, "curated", table), () => Task.Run(action, cancellationToken));

    private Task<FolderLock> LockAsync(string table, CancellationToken cancellationToken) => _folder.LockAsync(table, cancellationToken);

    private FolderTable Files(string table) => new(
        _folder, Path.Combine(_folder.Root, ".penstock", "curated", table), Path.Combine(_folder.Root, "curated", table));

    private static string NameOf(CuratedTable table) =>
        FolderNames.FolderPath($"{BlobNames.Segment(table.Pipeline)}/{BlobNames.Segment(table.Stream)}");
}

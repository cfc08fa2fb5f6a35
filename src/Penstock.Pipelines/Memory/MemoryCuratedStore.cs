using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Memory;

/// <summary>Curated tables in memory: every version of every record, folded when it is read. Safe for many threads.</summary>
public sealed class MemoryCuratedStore : ICuratedStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string, string), Table> _tables = [];

    /// <inheritdoc/>
    public ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (CuratedRecord record in records)
            PortArguments.Key(record.Key);
        lock (_lock)
        {
            Table stored = OpenForWriting(table);
            int stale = records.Count(record => !stored.Put(record) && table.History == HistoryMode.Latest);
            return ValueTask.FromResult(new UpsertCounts(records.Count - stale, stale));
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(Find(table) is { } stored ? keys.Count(stored.Erase) : 0);
    }

    /// <inheritdoc/>
    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(Find(table)?.Current(key));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CuratedRecord[] rows;
        lock (_lock)
            rows = [.. Find(table)?.Rows() ?? []];
        await Task.Yield();
        foreach (CuratedRecord row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    private Table? Find(CuratedTable table) => _tables.GetValueOrDefault((table.Pipeline, table.Stream));

    private Table OpenForWriting(CuratedTable table)
    {
        if (Find(table) is not { } stored)
            return _tables[(table.Pipeline, table.Stream)] = new Table(table);
        TableLayout.Of(table).MustBe(TableLayout.Of(stored.Definition), table);
        return stored;
    }

    private sealed class Table(CuratedTable definition)
    {
        private readonly Dictionary<string, SortedList<string, CuratedRecord>> _versions = new(StringComparer.Ordinal);

        public CuratedTable Definition => definition;

        /// <summary>Gives whether it is the newest of its key.</summary>
        public bool Put(CuratedRecord record)
        {
            if (!_versions.TryGetValue(record.Key, out var versions))
                _versions[record.Key] = versions = new(Comparer<string>.Create(CuratedVersion.Compare));
            versions[record.Version] = record with { Json = record.Json.ToArray() };
            return versions.Keys[^1] == record.Version;
        }

        public bool Erase(string key)
        {
            bool isShown = Rows(key).Count > 0;
            return _versions.Remove(key) && isShown;
        }

        public CuratedRecord? Current(string key) => RowText.Current(definition.History, Rows(key));

        public IEnumerable<CuratedRecord> Rows() => _versions.Keys.SelectMany(Rows);

        private List<CuratedRecord> Rows(string key)
        {
            var rows = new List<CuratedRecord>();
            if (!_versions.TryGetValue(key, out var versions))
                return rows;
            var line = new ArrayBufferWriter<byte>();
            var fold = RowFold.Of(definition.History, definition.KeepsDeleted, (version, json, columns) =>
                rows.AddRange(RowText.Of(key, Encoding.UTF8.GetString(version), json, columns, line)));
            foreach (CuratedRecord record in versions.Values)
            {
                DateTimeOffset from = record.ValidFrom ?? CuratedVersion.TimeOf(record.Version);
                fold.Add(Encoding.UTF8.GetBytes(record.Version), from.UtcTicks, record.IsDeletion, record.Json.Span);
            }

            fold.End();
            return rows;
        }
    }
}

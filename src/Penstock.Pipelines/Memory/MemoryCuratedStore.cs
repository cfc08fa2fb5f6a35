using System.Runtime.CompilerServices;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Memory;

/// <summary>Curated tables in memory. Safe for many threads.</summary>
public sealed class MemoryCuratedStore : ICuratedStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CuratedTable, Dictionary<string, CuratedRecord>> _tables = [];

    /// <inheritdoc/>
    public ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (CuratedRecord record in records)
            PortArguments.Key(record.Key);
        int stale = 0;
        lock (_lock)
        {
            Dictionary<string, CuratedRecord> stored = Table(table);
            foreach (CuratedRecord record in records)
            {
                if (stored.TryGetValue(record.Key, out CuratedRecord? found) && string.CompareOrdinal(record.Version, found.Version) < 0)
                    stale++;
                else
                    stored[record.Key] = record with { Json = record.Json.ToArray() };
            }
        }

        return ValueTask.FromResult(new UpsertCounts(records.Count - stale, stale));
    }

    /// <inheritdoc/>
    public ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(keys.Count(Table(table).Remove));
    }

    /// <inheritdoc/>
    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(Table(table).GetValueOrDefault(key));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        CuratedRecord[] records;
        lock (_lock)
            records = [.. Table(table).Values];
        await Task.Yield();
        foreach (CuratedRecord record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    private Dictionary<string, CuratedRecord> Table(CuratedTable table) =>
        _tables.TryGetValue(table, out var records) ? records : _tables[table] = new(StringComparer.Ordinal);
}

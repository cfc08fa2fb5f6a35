using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Lake;

/// <summary>Stands where a table would be that a stream doesn't have: what is written to it is nowhere.</summary>
internal sealed class NoTable : ICuratedStore
{
    public static NoTable Instance { get; } = new();

    public ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new UpsertCounts(records.Count, 0));

    public ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);

    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default) => ValueTask.FromResult<CuratedRecord?>(null);

    public IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<CuratedRecord>();
}

using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Ports;

/// <summary>The curated store as one worker reaches it.</summary>
public sealed class WorkerCuratedStore(World world, Worker worker) : ICuratedStore
{
    private MemoryCuratedStore Store => world.Curated;

    public ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default) =>
        world.Wire.CallAsync(
            worker,
            CallKind.Upsert,
            table.Stream,
            () => WriteAsync(table, records),
            half: () => WriteAsync(table, [.. records.Take((records.Count + 1) / 2)]));

    public ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) =>
        world.Wire.CallAsync(worker, CallKind.Upsert, table.Stream, () => Store.DeleteAsync(table, keys, CancellationToken.None));

    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default) =>
        world.Wire.CallAsync(worker, CallKind.Find, table.Stream, () => Store.FindAsync(table, key, CancellationToken.None));

    public IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default) => Store.ReadAsync(table, cancellationToken);

    private async ValueTask<UpsertCounts> WriteAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records)
    {
        UpsertCounts counts = await Store.UpsertAsync(table, records, CancellationToken.None);
        await world.Invariants.UpsertedAsync(table, records);
        return counts;
    }
}

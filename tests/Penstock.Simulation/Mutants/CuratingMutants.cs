using System.Text.Json.Nodes;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Mutants;

/// <summary>The curated store takes whatever comes last.</summary>
public sealed class UpsertWithoutVersionGuard : Mutant
{
    public override ICuratedStore Wrap(ICuratedStore curated, World world) => new Careless(curated);

    private sealed class Careless(ICuratedStore inner) : BrokenCurated(inner)
    {
        public override async ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
        {
            await Inner.DeleteAsync(table, [.. records.Select(record => record.Key)], cancellationToken);
            return await Inner.UpsertAsync(table, records, cancellationToken);
        }
    }
}

/// <summary>What is transformed later counts as newer: a replay overwrites what is newer than its raw.</summary>
public sealed class ReplayOverwritesNewer : Mutant
{
    public override ICuratedStore Wrap(ICuratedStore curated, World world) => new Stamped(curated, world);

    private sealed class Stamped(ICuratedStore inner, World world) : BrokenCurated(inner)
    {
        public override ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default) =>
            Inner.UpsertAsync(table, [.. records.Select(record => record with { Version = $"{world.Time.GetUtcNow().UtcTicks:D19}" })], cancellationToken);
    }
}

/// <summary>A blob counts as curated before its records are written.</summary>
public sealed class TransformAcknowledgedBeforeCurated : BlobMutant
{
    private readonly List<Func<ValueTask>> _late = [];

    public override ICuratedStore Wrap(ICuratedStore curated, World world) => new Late(curated, _late);

    protected override async ValueTask<PutOutcome> PutAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, World world)
    {
        PutOutcome outcome = await base.PutAsync(blobs, name, content, world);
        if (!name.StartsWith("ledger/transforms/", StringComparison.Ordinal))
            return outcome;
        Func<ValueTask>[] writes = [.. _late];
        _late.Clear();
        foreach (Func<ValueTask> write in writes)
            await write();
        return outcome;
    }

    private sealed class Late(ICuratedStore inner, List<Func<ValueTask>> late) : BrokenCurated(inner)
    {
        public override ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default)
        {
            CuratedRecord[] copy = [.. records.Select(record => record with { Json = record.Json.ToArray() })];
            late.Add(async () => await Inner.UpsertAsync(table, copy, CancellationToken.None));
            return ValueTask.FromResult(new UpsertCounts(records.Count, 0));
        }
    }
}

/// <summary>Records that break the contract are counted and kept nowhere.</summary>
public sealed class QuarantineDropped : BlobMutant
{
    protected override ValueTask<PutOutcome> PutAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, World world) =>
        name.StartsWith("quarantine/", StringComparison.Ordinal) ? ValueTask.FromResult<PutOutcome>(new Stored("dropped")) : base.PutAsync(blobs, name, content, world);
}

/// <summary>A blob that is transformed again is counted again.</summary>
public sealed class DuplicateCountedTwice() : BlobMutant
{
    protected override async ValueTask<PutOutcome> ReplaceAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, string etag, World world)
    {
        if (!name.StartsWith("ledger/transforms/", StringComparison.Ordinal) || await blobs.GetAsync(name) is not { } before)
            return await base.ReplaceAsync(blobs, name, content, etag, world);
        JsonNode entry = JsonNode.Parse(content.Span)!;
        JsonNode earlier = JsonNode.Parse(before.Content.Span)!;
        foreach (string count in new[] { "read", "curated", "quarantined" })
            entry[count] = entry[count]!.GetValue<long>() + earlier[count]!.GetValue<long>();
        return await base.ReplaceAsync(blobs, name, System.Text.Encoding.UTF8.GetBytes(entry.ToJsonString()), etag, world);
    }
}

/// <summary>A message that failed too often is gone.</summary>
public sealed class DeadLetterSwallowed : BlobMutant
{
    protected override ValueTask<PutOutcome> PutAsync(IBlobStore blobs, string name, ReadOnlyMemory<byte> content, World world) =>
        name.StartsWith("ledger/deadletters/", StringComparison.Ordinal) ? ValueTask.FromResult<PutOutcome>(new Stored("swallowed")) : base.PutAsync(blobs, name, content, world);
}

/// <summary>A curated store that does one thing otherwise.</summary>
public abstract class BrokenCurated(ICuratedStore inner) : ICuratedStore
{
    protected ICuratedStore Inner { get; } = inner;

    public abstract ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default);

    public ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default) => Inner.DeleteAsync(table, keys, cancellationToken);

    public ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default) => Inner.FindAsync(table, key, cancellationToken);

    public IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default) => Inner.ReadAsync(table, cancellationToken);
}

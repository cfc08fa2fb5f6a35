namespace Penstock.Pipelines.Ports;

/// <summary>Curated outputs: the latest version of each record by key.</summary>
public interface ICuratedStore
{
    /// <summary>
    /// Writes records whose version is not older than what is stored; older ones are counted and left. Several records of one
    /// key in a batch act as if they were written one after the other. Writing the same batch again changes nothing.
    /// </summary>
    ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Deletes records by key; says how many there were.</summary>
    ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default);

    /// <summary>Gives one record, or null.</summary>
    ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default);

    /// <summary>Reads a table; each key once; the order is the store's own.</summary>
    IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default);
}

/// <summary>The curated output of one stream.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
public sealed record CuratedTable(string Pipeline, string Stream);

/// <summary>A curated record.</summary>
/// <param name="Key">The primary key as one text; any characters, at most 1,000.</param>
/// <param name="Version">Orders the versions of a key: the greater by ordinal comparison is the newer.</param>
/// <param name="Json">The record: one JSON object, UTF-8.</param>
public sealed record CuratedRecord(string Key, string Version, ReadOnlyMemory<byte> Json);

/// <summary>What became of a batch.</summary>
/// <param name="Written">Records that are stored now, those that were stored already included.</param>
/// <param name="Stale">Records that were older than what is stored.</param>
public readonly record struct UpsertCounts(int Written, int Stale);

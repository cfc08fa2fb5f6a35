namespace Penstock.Pipelines.Ports;

/// <summary>
/// Curated outputs. A table is a function of the <em>set</em> of versions that were written to it, whatever their order, however
/// often they came, however many wrote at once.
/// </summary>
public interface ICuratedStore
{
    /// <summary>
    /// Writes versions of records. Several of one key in a batch act as if they were written one after the other; a version that
    /// is there already is written anew. Writing the same batch again changes nothing.
    /// </summary>
    /// <exception cref="InvalidDataException">The table was written with another history: it must be deleted and replayed.</exception>
    ValueTask<UpsertCounts> UpsertAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Erases records by key, with all their versions and all that is known of their deletion; says how many there were.</summary>
    ValueTask<int> DeleteAsync(CuratedTable table, IReadOnlyList<string> keys, CancellationToken cancellationToken = default);

    /// <summary>Gives a key's current row (of several, the last one), or null if there is none or it is deleted.</summary>
    ValueTask<CuratedRecord?> FindAsync(CuratedTable table, string key, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a table's rows, as analysts see them, in the store's own order.
    /// </summary>
    IAsyncEnumerable<CuratedRecord> ReadAsync(CuratedTable table, CancellationToken cancellationToken = default);
}

/// <summary>The curated output of one stream. Who only reads needs nothing but the names.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
public sealed record CuratedTable(string Pipeline, string Stream)
{
    /// <summary>Which versions of a record it shows; default the latest.</summary>
    public HistoryMode History { get; init; } = HistoryMode.Latest;

    /// <summary>
    /// Whether every row has <c>is_deleted</c>: a deleted record's last row stays and is marked so; with <see cref="HistoryMode.Append"/>
    /// a deletion is a row itself. Not with <see cref="HistoryMode.Scd2"/>, which closes rows.
    /// </summary>
    public bool KeepsDeleted { get; init; }

    /// <summary>Whether a record has any number of rows, which come and go together: the items of a list.</summary>
    public bool IsExploded { get; init; }
}

/// <summary>Which versions of a record a table shows.</summary>
public enum HistoryMode
{
    /// <summary>The latest one by key.</summary>
    Latest,

    /// <summary>Every different one: a row for each key, version field and content.</summary>
    Append,

    /// <summary>
    /// Slowly changing dimension, type 2: a row for each change, with <c>valid_from</c>, <c>valid_to</c> (null: still valid) and
    /// <c>is_current</c>.
    /// </summary>
    Scd2,
}

/// <summary>A version of a curated record, or a row of a table.</summary>
/// <param name="Key">The primary key as one text; any characters, at most 1,000.</param>
/// <param name="Version">Orders the versions of a key: the greater by ordinal comparison is the newer (<c>CuratedVersion</c>).</param>
/// <param name="Json">
/// One JSON object, UTF-8. Or several, each on a line of its own, which come and go together: the items of a list in a parent
/// record, whose key and version they have. Or none: a parent without items, or a deletion.
/// </param>
public sealed record CuratedRecord(string Key, string Version, ReadOnlyMemory<byte> Json)
{
    /// <summary>Whether it says that the record is gone from this version on. It guards against older versions that come late.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>Since when it is valid; null: what its version says (<c>CuratedVersion.TimeOf</c>).</summary>
    public DateTimeOffset? ValidFrom { get; init; }
}

/// <summary>What became of a batch.</summary>
/// <param name="Written">Records that are stored now, those that were stored already included.</param>
/// <param name="Stale">Records that are known to be older than what is stored; a store that doesn't look counts those of the batch alone.</param>
public readonly record struct UpsertCounts(int Written, int Stale);

using System.Buffers;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Transforming;

/// <summary>Gathers curated records and writes them batch by batch.</summary>
/// <param name="store">Where they go.</param>
/// <param name="table">The table.</param>
/// <param name="options">How large a batch is.</param>
public sealed class CuratedBatch(ICuratedStore store, CuratedTable table, TransformOptions options)
{
    private readonly List<CuratedRecord> _records = [];
    private long _bytes;

    /// <summary>Records written so far.</summary>
    public long Written { get; private set; }

    /// <summary>Records that were older than what is there.</summary>
    public long Stale { get; private set; }

    /// <summary>Gathers a record; writes the batch when it is full.</summary>
    public async ValueTask AddAsync(string key, string version, ReadOnlySequence<byte> json, CancellationToken cancellationToken)
    {
        _records.Add(new CuratedRecord(key, version, json.ToArray()));
        _bytes += json.Length;
        if (_records.Count >= options.BatchRecords || _bytes >= options.BatchBytes)
            await FlushAsync(cancellationToken);
    }

    /// <summary>Writes what is gathered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_records.Count == 0)
            return;
        UpsertCounts counts = await store.UpsertAsync(table, _records, cancellationToken);
        Written += counts.Written;
        Stale += counts.Stale;
        _records.Clear();
        _bytes = 0;
    }
}

/// <summary>How Transform works.</summary>
public sealed record TransformOptions
{
    /// <summary>The most records of a curated batch; default 10,000.</summary>
    public int BatchRecords { get; init; } = 10_000;

    /// <summary>The most bytes of a curated batch; default 16 MiB.</summary>
    public long BatchBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most bytes of a curated record; default 1.9 MiB, as a document of Cosmos DB has at most 2 MiB.</summary>
    public long RecordBytes { get; init; } = 1_992_294;

    /// <summary>The most characters of a key (see <c>CuratedRecord</c>).</summary>
    public const int KeyCharacters = 1_000;
}

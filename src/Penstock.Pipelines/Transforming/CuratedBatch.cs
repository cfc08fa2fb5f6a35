using System.Buffers;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Transforming;

/// <summary>Gathers curated records in pooled memory and writes them batch by batch.</summary>
/// <param name="store">Where they go.</param>
/// <param name="table">The table.</param>
/// <param name="options">How large a batch is.</param>
internal sealed class CuratedBatch(ICuratedStore store, CuratedTable table, TransformOptions options) : IDisposable
{
    private const int ChunkBytes = 1024 * 1024;
    private readonly List<CuratedRecord> _records = [];
    private readonly List<byte[]> _chunks = [];
    private long _bytes;
    private int _used;

    /// <summary>Records written so far.</summary>
    public long Written { get; private set; }

    /// <summary>Records that were older than what is there.</summary>
    public long Stale { get; private set; }

    /// <summary>Whether it is to be written before more is gathered.</summary>
    public bool IsFull => _records.Count >= options.BatchRecords || _bytes >= options.BatchBytes;

    /// <summary>Gathers a record, and gives it as the table gets it; its bytes are copied.</summary>
    public CuratedRecord Add(IdentityReader identity, RecordContext context, ReadOnlySpan<byte> json)
    {
        // Of a deletion nothing but its key is kept, unless deletions are rows themselves.
        ReadOnlyMemory<byte> kept = context.IsDeletion && table.History != HistoryMode.Append ? default : Copy(json);
        var record = new CuratedRecord(identity.Key, identity.Version, kept) { IsDeletion = context.IsDeletion, ValidFrom = ValidFrom(identity, context) };
        _records.Add(record);
        _bytes += json.Length;
        return record;
    }

    /// <summary>Writes what is gathered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_records.Count == 0)
            return;
        UpsertCounts counts = await store.UpsertAsync(table, _records, cancellationToken);
        Written += counts.Written;
        Stale += counts.Stale;
        Clear();
    }

    public void Dispose() => Clear();

    // When a record went isn't what its own field says, which is about the time when it was there.
    private static DateTimeOffset? ValidFrom(IdentityReader identity, RecordContext context) =>
        context.IsDeletion ? context.ValidFrom ?? identity.ValidFrom : identity.ValidFrom ?? context.ValidFrom;

    private ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> json)
    {
        if (_chunks.Count == 0 || _chunks[^1].Length - _used < json.Length)
        {
            _chunks.Add(ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, json.Length)));
            _used = 0;
        }

        Memory<byte> place = _chunks[^1].AsMemory(_used, json.Length);
        json.CopyTo(place.Span);
        _used += json.Length;
        return place;
    }

    private void Clear()
    {
        foreach (byte[] chunk in _chunks)
            ArrayPool<byte>.Shared.Return(chunk);
        _chunks.Clear();
        _records.Clear();
        (_bytes, _used) = (0, 0);
    }
}

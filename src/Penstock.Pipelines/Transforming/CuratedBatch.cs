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
    private const int LeastRecords = 1024;
    private readonly List<byte[]> _chunks = [];
    // A list that grows would be a large object for each blob.
    private CuratedRecord[] _records = [];
    private int _count;
    private long _bytes;
    private int _used;

    /// <summary>Records written so far.</summary>
    public long Written { get; private set; }

    /// <summary>Records that were older than what is there.</summary>
    public long Stale { get; private set; }

    /// <summary>Whether it is to be written before more is gathered.</summary>
    public bool IsFull => _count >= options.BatchRecords || _bytes >= options.BatchBytes;

    /// <summary>Gathers a record, and gives it as the table gets it; its bytes are copied.</summary>
    public CuratedRecord Add(IdentityReader identity, RecordContext context, ReadOnlySpan<byte> json)
    {
        // Of a deletion nothing but its key is kept, unless deletions are rows themselves.
        ReadOnlyMemory<byte> kept = context.IsDeletion && table.History != HistoryMode.Append ? default : Copy(json);
        var record = new CuratedRecord(identity.Key, identity.Version, kept) { IsDeletion = context.IsDeletion, ValidFrom = ValidFrom(identity, context) };
        if (_count == _records.Length)
            Grow();
        _records[_count++] = record;
        _bytes += json.Length;
        return record;
    }

    /// <summary>Writes what is gathered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_count == 0)
            return;
        UpsertCounts counts = await store.UpsertAsync(table, new ArraySegment<CuratedRecord>(_records, 0, _count), cancellationToken);
        Written += counts.Written;
        Stale += counts.Stale;
        Clear();
    }

    public void Dispose()
    {
        Clear();
        ArrayPool<CuratedRecord>.Shared.Return(_records);
        _records = [];
    }

    // When a record went isn't what its own field says, which is about the time when it was there.
    private static DateTimeOffset? ValidFrom(IdentityReader identity, RecordContext context) =>
        context.IsDeletion ? context.ValidFrom ?? identity.ValidFrom : identity.ValidFrom ?? context.ValidFrom;

    private void Grow()
    {
        CuratedRecord[] larger = ArrayPool<CuratedRecord>.Shared.Rent(Math.Max(LeastRecords, _records.Length * 2));
        _records.AsSpan(0, _count).CopyTo(larger);
        _records.AsSpan(0, _count).Clear();
        ArrayPool<CuratedRecord>.Shared.Return(_records);
        _records = larger;
    }

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
        _records.AsSpan(0, _count).Clear();
        (_count, _bytes, _used) = (0, 0, 0);
    }
}

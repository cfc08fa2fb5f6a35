using System.Buffers;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Lake;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Shaping;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Transforming;

/// <summary>Where a record goes that has come through its steps: its key and version are read, its lists become rows, it is written.</summary>
internal sealed class RecordOutput : IDisposable
{
    private readonly TransformOptions _options;
    private readonly IdentityReader _identities;
    private readonly ReservedColumns? _reserved;
    private readonly CuratedBatch _records;
    private readonly (ListExplosion Explosion, CuratedBatch Batch)[] _lists;
    private readonly ShapedRecord _rest = new();
    private readonly ArrayBufferWriter<byte> _written = new();
    private readonly long[] _exploded;
    private readonly TieBreaks _ties;
    private readonly LakeTable[] _lake;

    public RecordOutput(StreamTransform transform, BlobContext blob, ICuratedStore curated, TransformOptions options, bool isSelection = false)
    {
        _options = options;
        if (!transform.Stream.Outputs.Table)
            curated = NoTable.Instance;
        _identities = new IdentityReader(transform.Identity);
        IReadOnlyList<CuratedTable> tables = CuratedTables.Of(transform.Pipeline, transform.Stream);
        _reserved = ReservedColumns.Of(tables[0], transform.Stream.Outputs);
        _lake = transform.Stream.Outputs.Lake is { } partition
            ? [.. tables.Select(table => new LakeTable(LakeNames.NameFor(blob.Name, table.Pipeline, table.Stream, partition), table.IsExploded, isSelection))]
            : [];
        _records = new CuratedBatch(curated, tables[0], options);
        _lists = [.. transform.Stream.Shape.Lists.Zip(tables.Skip(1), (list, table) => (new ListExplosion(list, transform.Identity.Key), new CuratedBatch(curated, table, options)))];
        _exploded = new long[_lists.Length];
        _ties = new TieBreaks(blob.Name, blob.TakenAt);
    }

    /// <summary>Records written so far.</summary>
    public long Written => _records.Written;

    /// <summary>Records that were older than what is there.</summary>
    public long Stale => _records.Stale;

    /// <summary>Whether something is to be written before more is gathered.</summary>
    public bool IsFull => _records.IsFull || Array.Exists(_lists, list => list.Batch.IsFull);

    /// <summary>Gathers a record; gives what keeps it from being curated, or null.</summary>
    /// <param name="context">What is known of it.</param>
    /// <param name="eventOrder">Its place among the events of its hub; null: the time it was taken, and its line.</param>
    /// <param name="record">The record.</param>
    public Violation? Keep(RecordContext context, string? eventOrder, ReadOnlySpan<byte> record)
    {
        ReadOnlySpan<char> tieBreak = _ties.Of(eventOrder, context.Line, stackalloc char[TieBreaks.MaxLength]);
        Violation? violation = _identities.Read(record, context.IsValid, tieBreak, context.Version, context.Digest, context.AreNamesOnce) ?? SizeOf(record) ?? Explode(context, record);
        if (violation is not null)
            return violation;
        CuratedRecord kept = _records.Add(_identities, context, Rest(record));
        if (_lake.Length > 0)
            _lake[0].Add(kept, context.Line);
        for (int i = 0; i < _lists.Length; i++)
        {
            CuratedRecord items = _lists[i].Batch.Add(_identities, context, context.IsDeletion ? default : _lists[i].Explosion.Rows);
            if (_lake.Length > 0)
                _lake[i + 1].Add(items, context.Line);
            _exploded[i] += context.IsDeletion ? 0 : _lists[i].Explosion.Count;
        }

        return null;
    }

    /// <summary>Writes what is gathered: first the items, so that a record never shows without them.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        foreach ((_, CuratedBatch batch) in _lists)
            await batch.FlushAsync(cancellationToken);
        await _records.FlushAsync(cancellationToken);
    }

    /// <summary>Writes the lake files, if the stream has any.</summary>
    /// <param name="files">Writes them.</param>
    /// <param name="isTaken">Of a selection: whether a line came.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask PutLakeAsync(LakeFile files, Func<long, bool> isTaken, CancellationToken cancellationToken)
    {
        foreach (LakeTable table in _lake)
            await table.PutAsync(files, isTaken, cancellationToken);
    }

    /// <summary>Rows of exploded lists by table; null if there are no such tables.</summary>
    public IReadOnlyDictionary<string, long>? Exploded() =>
        _lists.Length == 0 ? null : _lists.Select((list, i) => (list.Explosion.List.Table, Count: _exploded[i])).ToDictionary(list => list.Table, list => list.Count);

    public void Dispose()
    {
        _records.Dispose();
        foreach ((_, CuratedBatch batch) in _lists)
            batch.Dispose();
        foreach (LakeTable table in _lake)
            table.Dispose();
    }

    // What no curated store can hold is set aside here, where its neighbours go on.
    private Violation? SizeOf(ReadOnlySpan<byte> record) =>
        record.Length > _options.RecordBytes ? new Violation("size", "", $"It has {record.Length} bytes; at most {_options.RecordBytes} can be curated.")
        : _identities.Key.Length > TransformOptions.KeyCharacters ? new Violation("size", "", $"Its key has {_identities.Key.Length} characters; at most {TransformOptions.KeyCharacters} can be.")
        : _reserved?.Violation(record);

    private Violation? Explode(RecordContext context, ReadOnlySpan<byte> record)
    {
        foreach ((ListExplosion explosion, _) in _lists)
        {
            if (context.IsDeletion)
                continue;
            if (explosion.Read(record) is { } violation)
                return violation;
            if (explosion.Rows.Length > _options.RecordBytes)
                return new Violation("size", explosion.List.Member, $"Its items have {explosion.Rows.Length} bytes; at most {_options.RecordBytes} can be curated.");
        }

        return null;
    }

    // The record without the lists that are tables now.
    private ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> record)
    {
        if (Array.TrueForAll(_lists, list => list.Explosion.List.Keeps))
            return record;
        _rest.Begin(record);
        _rest.Members.RemoveAll(member => Array.Exists(_lists, list => !list.Explosion.List.Keeps && list.Explosion.List.Member == member.Name));
        _written.ResetWrittenCount();
        _rest.Write(_written);
        return _written.WrittenSpan;
    }
}

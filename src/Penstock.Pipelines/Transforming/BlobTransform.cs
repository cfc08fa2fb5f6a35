using System.Globalization;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Curating;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Transforming;

/// <summary>Curates one raw blob: takes each line through the steps, writes what comes out, sets aside what can't, and counts.</summary>
internal sealed class BlobTransform : IDisposable
{
    private const int TieBreakLength = 96;

    private readonly StreamTransform _transform;
    private readonly BlobContext _blob;
    private readonly TransformOptions _options;
    private readonly RecordFlow _flow;
    private readonly IdentityReader _identities;
    private readonly CuratedBatch _batch;
    private readonly QuarantineWriter _quarantine;
    private readonly string _takenAt;
    private readonly string _last;
    private string? _eventOrder;
    private readonly ReservedColumns? _reserved;
    private long _read;
    private long _filtered;
    private long _erased;

    public BlobTransform(StreamTransform transform, RecordFlow flow, BlobContext blob, IBlobStore blobs, ICuratedStore curated, TransformOptions options)
    {
        (_transform, _blob, _options) = (transform, blob, options);
        _flow = flow;
        _identities = new IdentityReader(transform.Identity);
        _batch = new CuratedBatch(curated, transform.Table, options);
        _quarantine = new QuarantineWriter(blobs, blob.Name, _flow.Guard);
        _takenAt = blob.TakenAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);
        _last = StableHash.Of(blob.Name).ToString("x8", CultureInfo.InvariantCulture);
        _reserved = ReservedColumns.Of(transform.Table);
    }

    /// <summary>Does it. Doing it again, or twice at once, has the same effect as once.</summary>
    /// <param name="raw">The blob's content; it is disposed of at the end.</param>
    /// <param name="at">The time, for the entry.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<TransformEntry> RunAsync(Stream raw, Func<DateTimeOffset> at, CancellationToken cancellationToken)
    {
        await using var lines = new RawLines(raw);
        while (await lines.FillAsync(cancellationToken))
        {
            while (lines.TryRead(out ReadOnlyMemory<byte> line))
            {
                Take(line.Span);
                if (_batch.IsFull)
                    break;
            }

            if (_batch.IsFull)
                await _batch.FlushAsync(cancellationToken);
        }

        await _batch.FlushAsync(cancellationToken);
        await _quarantine.PutAsync(cancellationToken);
        TransformEntry entry = Entry(at());
        await _flow.CompleteAsync(entry, cancellationToken);
        return entry;
    }

    public void Dispose()
    {
        _flow.Dispose();
        _quarantine.Dispose();
        _batch.Dispose();
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        _read++;
        _eventOrder = _transform.Stream.Reception is null ? null : EventOrder.Of(line);
        switch (_flow.Run(_read, line, out ReadOnlySpan<byte> record))
        {
            case StepVerdict.SetAside:
                _quarantine.Add(_read, _flow.Violation!, _flow.Reached, record);
                break;
            case StepVerdict.LeftOut:
                _filtered++;
                _erased += _flow.Context.IsErased ? 1 : 0;
                break;
            default:
                Keep(record);
                break;
        }
    }

    private void Keep(ReadOnlySpan<byte> record)
    {
        RecordContext context = _flow.Context;
        Violation? violation = _identities.Read(record, context.IsValid, TieBreak(context.Line, stackalloc char[TieBreakLength]), context.Version, context.Digest) ?? SizeOf(record);
        if (violation is not null)
            SetAside(violation, record);
        else
            _batch.Add(_identities, context, record);
    }

    private void SetAside(Violation violation, ReadOnlySpan<byte> record) => _quarantine.Add(_read, violation, StepPlace.Mask, record);

    // What no curated store can hold is set aside here, where its neighbours go on.
    private Violation? SizeOf(ReadOnlySpan<byte> record) =>
        record.Length > _options.RecordBytes ? new Violation("size", "", $"It has {record.Length} bytes; at most {_options.RecordBytes} can be curated.")
        : _identities.Key.Length > TransformOptions.KeyCharacters ? new Violation("size", "", $"Its key has {_identities.Key.Length} characters; at most {TransformOptions.KeyCharacters} can be.")
        : _reserved?.Violation(record);

    // Of two records with the same version, or none, the one that was taken from the source later is the newer. Two blobs of
    // one moment are told apart by their names: whatever is transformed last, the outcome is the same.
    private ReadOnlySpan<char> TieBreak(long line, Span<char> buffer)
    {
        buffer.TryWrite(CultureInfo.InvariantCulture, $"{_eventOrder ?? _takenAt}~{line:D10}~{_last}", out int length);
        return buffer[..length];
    }

    private TransformEntry Entry(DateTimeOffset at) => new()
    {
        Blob = _blob.Name,
        Read = _read,
        Curated = _batch.Written + _batch.Stale,
        Stale = _batch.Stale,
        Quarantined = _quarantine.Count,
        Filtered = _filtered,
        Erased = _erased,
        Contract = _transform.Stream.Contract is { } contract ? $"{contract.Id}@{contract.Version}" : null,
        Replay = _blob.Replay,
        At = at,
    };
}

using Penstock.Pipelines.Lake;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Transforming;

/// <summary>Curates one raw blob: takes each line through the steps, writes what comes out, sets aside what can't, and counts.</summary>
internal sealed class BlobTransform : IDisposable
{
    private readonly StreamTransform _transform;
    private readonly BlobContext _blob;
    private readonly RecordFlow _flow;
    private readonly RecordOutput _output;
    private readonly QuarantineWriter _quarantine;
    private readonly LineSelection? _selection;
    private readonly LakeFile _lake;
    private long _read;
    private long _filtered;
    private long _erased;

    public BlobTransform(StreamTransform transform, RecordFlow flow, BlobContext blob, IBlobStore blobs, ICuratedStore curated, TransformOptions options, LineSelection? selection = null)
    {
        (_transform, _blob, _flow, _selection) = (transform, blob, flow, selection);
        _output = new RecordOutput(transform, blob, curated, options, selection is not null);
        _lake = new LakeFile(blobs);
        _quarantine = new QuarantineWriter(blobs, blob.Name, _flow.Guard);
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
                if (_output.IsFull)
                    break;
            }

            if (_output.IsFull)
                await _output.FlushAsync(cancellationToken);
        }

        await _output.FlushAsync(cancellationToken);
        await _output.PutLakeAsync(_lake, line => _selection?.Takes(line) ?? true, cancellationToken);
        await _quarantine.PutAsync(cancellationToken);
        if (_selection is { Known: var known })
            return Entry(known, at());
        TransformEntry entry = Entry(at());
        await _flow.CompleteAsync(entry, cancellationToken);
        return entry;
    }

    public void Dispose()
    {
        _flow.Dispose();
        _quarantine.Dispose();
        _output.Dispose();
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        _read++;
        if (_selection is not null && !_selection.Takes(_read))
        {
            if (_selection.Kept(_read) is { } kept)
                _quarantine.Keep(kept);
            return;
        }

        string? eventOrder = _transform.Stream.Reception is null ? null : EventOrder.Of(line);
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
                if (_output.Keep(_flow.Context, eventOrder, record) is { } violation)
                    _quarantine.Add(_read, violation, StepPlace.Mask, record);
                break;
        }
    }

    // Of the lines that were transformed again, what isn't in quarantine any more and wasn't left out is curated.
    private TransformEntry Entry(TransformEntry known, DateTimeOffset at)
    {
        long filtered = known.Filtered + _filtered;
        return known with
        {
            Quarantined = _quarantine.Count,
            Filtered = filtered,
            Erased = known.Erased + _erased,
            Curated = known.Read - _quarantine.Count - filtered,
            Stale = known.Stale + _output.Stale,
            Contract = ContractText,
            Replay = _blob.Replay,
            At = at,
        };
    }

    private string? ContractText => _transform.Stream.Contract is { } contract ? $"{contract.Id}@{contract.Version}" : null;

    private TransformEntry Entry(DateTimeOffset at) => new()
    {
        Blob = _blob.Name,
        Read = _read,
        Curated = _output.Written + _output.Stale,
        Stale = _output.Stale,
        Quarantined = _quarantine.Count,
        Filtered = _filtered,
        Erased = _erased,
        Exploded = _output.Exploded(),
        Contract = ContractText,
        Replay = _blob.Replay,
        At = at,
    };
}

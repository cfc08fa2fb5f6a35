using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Pagination;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Retrieval;

/// <summary>Decides after a page which position comes next; null after the last page.</summary>
/// <param name="page">The page as the paging sees it; null if there is nothing to see, which ends the paging.</param>
/// <param name="body">The page's bytes, or what stands for them.</param>
internal delegate string? NextPosition(PageView? page, ReadOnlySpan<byte> body);

/// <summary>One answer on its way to records: in one step, or in several if it is read as a stream.</summary>
internal sealed class PageReading : IPage
{
    private readonly SimpleRetriever _retriever;
    private readonly HttpAnswer _answer;
    private readonly NextPosition _next;
    private readonly PageSelection _selection;
    private readonly Position _from;
    private IAsyncEnumerator<BodyBatch>? _batches;
    private long _ofSource;
    private long _selected;
    private byte[] _last = [];
    private bool _isOver;

    public PageReading(
        SimpleRetriever retriever, PageSelection selection, HttpAnswer answer, Position from, NextPosition next)
    {
        _retriever = retriever;
        _answer = answer;
        _from = from;
        _next = next;
        _selected = from.Selected;
        _selection = selection;
    }

    public HttpCall Call => _answer.Call;

    public CallCounts Calls => default;

    public async ValueTask<ReadStep?> NextAsync(CancellationToken cancellationToken)
    {
        if (_isOver)
        {
            return null;
        }

        _batches ??= _retriever.Decoder.DecodeAsync(_answer, cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (await _batches.MoveNextAsync())
        {
            return _retriever.Decoder.GivesOneBatch ? Whole(_batches.Current) : Part(_batches.Current);
        }

        // What a stream's last step can't know: how the paging goes on.
        _isOver = true;
        return new PageRead([], _next(View(() => new DictValue(), LastOfStream, _ofSource, _selected), _last), null, 0);
    }

    private PageRead Whole(BodyBatch batch)
    {
        _isOver = true;
        Select(batch);
        var view = View(() => Response(batch), _selection.LastRecord, _selection.FromSource, _selection.Selected);
        return Page(batch, _next(view, batch.Json.Span));
    }

    private PageRead Part(BodyBatch batch)
    {
        var skip = Math.Max(0, _from.Skip - _ofSource);
        Select(batch, skip);
        _ofSource += _selection.FromSource;
        _selected += _selection.Selected;
        if (_selection.Selected > 0)
        {
            _last = ValueJsonWriter.ToUtf8(_selection.LastRecord());
        }

        return Page(batch, (_from with { Skip = _ofSource, Selected = _selected }).ToString(), skip);
    }

    private void Select(BodyBatch batch, long skip = 0)
    {
        _selection.Begin(PageRequest.Wrap(_from.Token));
        _selection.Select(batch, skip);
    }

    private PageRead Page(BodyBatch batch, string? nextPosition, long skipped = 0)
    {
        var records = _selection.Records.ToList(batch.Json);
        var passed = _selection.FromSource - Math.Min(skipped, _selection.FromSource);
        return new PageRead(records, nextPosition, _selection.TakeGreatestCursor(), (int)(passed - records.Count));
    }

    /// <summary>The response as far as the paging looks at it; its records mostly aren't.</summary>
    private Value Response(BodyBatch batch)
    {
        var fields = _retriever.Paginator.ResponseFields;
        if (fields is { Count: 0 })
        {
            return new DictValue();
        }

        if (fields is null || _selection.Response is not { } spans)
        {
            return RecordExtractor.FirstBody(batch);
        }

        return new DictValue(fields.Zip(spans).Where(field => field.Second.IsThere).Select(field => KeyValuePair.Create<Value, Value>(
            field.First, ValueJsonReader.Read(batch.Json.Span.Slice(field.Second.ValueStart, field.Second.ValueLength), LargeIntegers.Float))));
    }

    private PageView View(Func<Value> response, Func<Value> lastRecord, long ofSource, long selected) =>
        new(_answer.Headers, response, lastRecord, _retriever.Parts.Connector.Context) { RecordsOfSource = ofSource, Records = selected };

    private Value LastOfStream() => _last.Length == 0 ? Value.None : ValueJsonReader.Read(_last);

    public async ValueTask DisposeAsync()
    {
        await (_batches?.DisposeAsync() ?? default);
        _answer.Dispose();
    }
}

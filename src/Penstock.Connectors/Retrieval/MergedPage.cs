using Penstock.Connectors.Http;
using Penstock.Connectors.Pagination;
using Penstock.Connectors.Records;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Retrieval;

/// <summary>A page that took several requests, each for some of the properties: the parts of a record are put together again.</summary>
internal sealed class MergedPage(SimpleRetriever retriever, PageRequest request, PageSelection selection, Value token, NextPosition next) : IPage
{
    private readonly List<Value> _records = [];
    private readonly OrderedDictionary<string, DictValue> _merged = [];
    private readonly PageRecords _written = new();
    private long _filtered;
    private bool _isOver;

    public HttpCall? Call { get; private set; }

    public CallCounts Calls { get; private set; }

    public bool AsksForReset { get; private set; }

    public async ValueTask<ReadStep?> NextAsync(CancellationToken cancellationToken)
    {
        Calls = default;
        if (_isOver)
        {
            return null;
        }

        _isOver = true;
        var (chunks, end) = await retriever.Properties!.ChunksAsync(cancellationToken);
        if (end is not null)
        {
            return end;
        }

        for (var i = 0; i < chunks.Count; i++)
        {
            var outcome = await request.SendAsync(token, chunks[i], cancellationToken);
            Calls += outcome.Calls;
            if (outcome is PagingReset)
            {
                AsksForReset = true;
                return null;
            }

            if (outcome is not Delivered { Answer: var answer })
            {
                return EndOf(outcome);
            }

            using (answer)
            {
                Call = answer.Call;
                if (await ReadAsync(answer, isLast: i == chunks.Count - 1, cancellationToken) is { } step)
                {
                    return step;
                }
            }
        }

        return null;
    }

    /// <summary>Reads one answer; the last one gives the page.</summary>
    private async ValueTask<ReadStep?> ReadAsync(HttpAnswer answer, bool isLast, CancellationToken cancellationToken)
    {
        Func<Value> response = () => new DictValue();
        var ofSource = 0L;
        await foreach (var batch in answer.IsOk ? retriever.Decoder.DecodeAsync(answer, cancellationToken) : AsyncEnumerable.Empty<BodyBatch>())
        {
            selection.Begin(PageRequest.Wrap(token));
            selection.Select(batch, 0);
            _filtered += selection.FromSource - selection.Records.Count;
            ofSource += selection.FromSource;
            foreach (var record in selection.Records.ToList(batch.Json))
            {
                Add(ValueJsonReader.Read(record.Span));
            }

            response = () => RecordExtractor.FirstBody(batch);
            if (isLast && retriever.Decoder.GivesOneBatch)
            {
                // The response is seen by the paging as long as its batch is valid.
                return Page(answer, response, ofSource);
            }
        }

        return isLast ? Page(answer, () => new DictValue(), ofSource) : null;
    }

    private PageRead Page(HttpAnswer answer, Func<Value> response, long ofSource)
    {
        _records.AddRange(_merged.Values.Select(Value.Of));
        foreach (var record in _records)
        {
            ValueJsonWriter.Write(_written.Begin(out var start), record);
            _written.End(start);
        }

        var last = _records.Count > 0 ? _records[^1] : Value.None;
        var view = new PageView(answer.Headers, response, () => last, retriever.Parts.Connector.Context) { RecordsOfSource = ofSource, Records = _records.Count };
        var position = answer.IsOk ? next(view, answer.Body is { } body ? body.Written.Span : default) : next(null, default);
        return new PageRead(_written.ToList(default), position, selection.TakeGreatestCursor(), (int)_filtered);
    }

    private static ReadStep EndOf(SendOutcome outcome) => outcome switch
    {
        MustWait wait => wait.ToStep(),
        SendFailed failed => new ReadFailed(failed.Error),
        _ => throw new InvalidOperationException($"Sending gave a {outcome.GetType().Name}."),
    };

    private void Add(Value record)
    {
        if (retriever.Properties!.Chunking is not { } chunking || KeyOf(record, chunking) is not { } key)
        {
            _records.Add(record);
        }
        else if (_merged.TryGetValue(key, out var known))
        {
            Merge(known, record.AsDict!);
        }
        else
        {
            _merged.Add(key, record.AsDict!);
        }
    }

    /// <summary>What the parts of a record have in common; null if a key is missing.</summary>
    private static string? KeyOf(Value record, PropertyChunks chunking)
    {
        var parts = chunking.MergeKeys.Select(key => record.AsDict?.Find(key) ?? Value.None).ToList();
        return parts.TrueForAll(part => part.IsTruthy) ? string.Join(',', parts) : null;
    }

    private static void Merge(DictValue target, DictValue source)
    {
        foreach (var (key, value) in source.Entries)
        {
            if (target.Entries.TryGetValue(key, out var present) && present.AsDict is { } into && value.AsDict is { } from)
            {
                Merge(into, from);
            }
            else
            {
                target[key] = value;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _written.Dispose();
        return default;
    }
}

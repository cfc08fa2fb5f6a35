using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Records;

/// <summary>Selects the records of one slice, page by page. It is used again for every page.</summary>
internal sealed class PageSelection : IDisposable
{
    private readonly RecordSelector _selector;
    private readonly StreamSlice _slice;
    private readonly Action<DictValue>? _normalise;
    private readonly EvaluationContext _variables;
    private readonly SlicedRecords _sliced;
    private readonly GreatestCursor _greatest;
    private readonly RecordEditor? _edit;
    private ReadOnlyMemory<byte> _json;
    private Value? _lastTree;
    private RecordSpan? _lastSource;
    private int _lastWritten = -1;

    /// <summary>Prepares for a slice.</summary>
    /// <param name="selector">What becomes of records.</param>
    /// <param name="slice">The slice.</param>
    /// <param name="variables">What templates see besides the record.</param>
    /// <param name="normalise">Gives values the schema's types; null for none.</param>
    /// <param name="responseFields">The response's fields that the paging looks at; null for any.</param>
    public PageSelection(
        RecordSelector selector, StreamSlice slice, EvaluationContext variables, Action<DictValue>? normalise, IEnumerable<string>? responseFields)
    {
        _selector = selector;
        _slice = slice;
        _normalise = normalise;
        _variables = variables.Inner();
        _greatest = new GreatestCursor(selector.Cursor);
        string[] cursorField = selector.Cursor is { } cursor ? [cursor.Field] : [];
        _edit = selector.Edits is { } edits ? new RecordEditor(edits, cursorField.Length) : null;
        _sliced = new SlicedRecords([.. cursorField, .. selector.Edits?.Fields ?? []], responseFields);
    }

    /// <summary>The records that were selected.</summary>
    public PageRecords Records { get; } = new();

    /// <summary>The records that the source gave.</summary>
    public long FromSource { get; private set; }

    /// <summary>The records after filters, those included that the cursor drops afterwards: what the paging counts.</summary>
    public long Selected { get; private set; }

    /// <summary>Where the response's fields stand; null if they weren't noted.</summary>
    public FieldSpan[]? Response => _sliced.Response;

    /// <summary>Begins a page or a part of one.</summary>
    /// <param name="nextPageToken">What templates see as <c>next_page_token</c>.</param>
    public void Begin(Value nextPageToken)
    {
        Records.Clear();
        _sliced.Clear();
        _variables.Set(VariableNames.NextPageToken, nextPageToken);
        (FromSource, Selected, _lastTree, _lastSource, _lastWritten) = (0, 0, null, null, -1);
    }

    /// <summary>Selects the records of a batch of bodies.</summary>
    /// <param name="batch">The bodies; they must stay valid as long as the records are used.</param>
    /// <param name="skip">How many records of the source to pass over, because they were read before.</param>
    public void Select(in BodyBatch batch, long skip)
    {
        _json = batch.Json;
        if (!_selector.Extractor.Slices)
        {
            foreach (var tree in _selector.Extractor.Trees(batch))
            {
                if (FromSource++ >= skip)
                {
                    SelectTree(tree, null);
                }
            }

            return;
        }

        _selector.Extractor.Slice(batch, _sliced);
        FromSource = _sliced.Count;
        for (var i = (int)Math.Min(skip, _sliced.Count); i < _sliced.Count; i++)
        {
            SelectSpan(i);
        }
    }

    /// <summary>The last record after filters and transformations; none if there was none.</summary>
    public Value LastRecord()
    {
        if (_lastTree is { } tree)
        {
            return tree;
        }

        var bytes = _lastSource is { } span ? Bytes(span) : _lastWritten >= 0 ? Records[_lastWritten, _json] : default;
        return bytes.IsEmpty ? Value.None : ValueJsonReader.Read(bytes, LargeIntegers.Float);
    }

    /// <summary>The greatest cursor value so far, without beginning anew.</summary>
    public string? PeekGreatestCursor() => _greatest.Peek();

    /// <summary>The greatest cursor value since it was last asked for.</summary>
    public string? TakeGreatestCursor() => _greatest.Take();

    private void SelectSpan(int index)
    {
        var span = _sliced[index];
        if (_edit is null || !span.IsObject || (_selector.NeedsValues && (span.HasLongNumber || span.RepeatsField)))
        {
            SelectTree(ValueJsonReader.Read(Bytes(span), LargeIntegers.Float), span);
            return;
        }

        var cursor = _selector.Cursor is null ? default : _sliced.Field(index, 0);
        var cursorValue = _json.Span.Slice(cursor.ValueStart, cursor.ValueLength);
        if (_selector.NeedsValues)
        {
            _variables.Set(VariableNames.Record, _edit.Read);
            _edit.Begin(_sliced, index, _json.Span);
        }

        if (_selector.TransformsFirst)
        {
            _edit.Transform(_variables);
        }

        if (!Passes(cursorValue))
        {
            return;
        }

        if (!_selector.TransformsFirst)
        {
            _edit.Transform(_variables);
        }

        Selected++;
        if (_edit.IsChanged)
        {
            (_lastWritten, _lastSource, _lastTree) = (Records.Count, null, null);
            _greatest.Observe(cursorValue);
            var target = Records.Begin(out var start);
            _edit.Write(_json.Span, span, target);
            Records.End(start);
        }
        else
        {
            (_lastSource, _lastTree) = (span, null);
            EmitUnchanged(span, cursorValue);
        }
    }

    private void SelectTree(Value tree, RecordSpan? span)
    {
        _variables.Set(VariableNames.Record, tree);
        if (_selector.TransformsFirst)
        {
            Transform(tree);
        }

        if (!Passes(_selector.FiltersByCursor ? _greatest.ValueOf(tree) : default))
        {
            return;
        }

        if (!_selector.TransformsFirst)
        {
            Transform(tree);
        }

        if (_normalise is not null && tree.AsDict is { } dict)
        {
            _normalise(dict);
        }

        Selected++;
        _lastTree = tree;
        var cursorValue = _greatest.ValueOf(tree);
        if (span is { } unchanged && !_selector.ChangesRecords)
        {
            EmitUnchanged(unchanged, cursorValue);
        }
        else if (!IsDropped(cursorValue))
        {
            _greatest.Observe(cursorValue);
            var target = Records.Begin(out var start);
            ValueJsonWriter.Write(target, tree.AsDict ?? throw NotAnObject(tree.TypeName));
            Records.End(start);
        }
    }

    private void EmitUnchanged(RecordSpan span, ReadOnlySpan<byte> cursorValue)
    {
        if (IsDropped(cursorValue))
        {
            return;
        }

        if (!span.IsObject)
        {
            throw NotAnObject("no JSON object");
        }

        _greatest.Observe(cursorValue);
        if (span.HasLongNumber)
        {
            var target = Records.Begin(out var start);
            LongNumbers.Copy(Bytes(span), target);
            Records.End(start);
        }
        else
        {
            Records.Add(span);
        }
    }

    private bool Passes(ReadOnlySpan<byte> cursorValue) =>
        (!_selector.FiltersByCursor || _selector.Cursor!.ShouldBeSynced(cursorValue, _slice)) && _selector.Filter?.Evaluate(_variables) != false
        && (_selector.OwnFilter is not { } own || !_variables.TryGet(VariableNames.Record, out var record) || own.Keeps(record.AsDict ?? throw NotAnObject(record.TypeName), _variables));

    private bool IsDropped(ReadOnlySpan<byte> cursorValue) => _selector.DropsKnown && !_selector.Cursor!.ShouldBeSynced(cursorValue, _slice);

    private void Transform(Value tree)
    {
        foreach (var transformation in _selector.Transformations)
        {
            transformation.Apply(tree.AsDict ?? throw NotAnObject(tree.TypeName), _variables);
        }
    }

    private ReadOnlySpan<byte> Bytes(RecordSpan span) => _json.Span.Slice(span.Start, span.Length);

    private SourceFaultException NotAnObject(string what) =>
        SourceFaultException.System($"Record {FromSource} of the page is {what}; records must be JSON objects. Check the extractor's field_path.");

    public void Dispose()
    {
        Records.Dispose();
        _greatest.Dispose();
    }
}

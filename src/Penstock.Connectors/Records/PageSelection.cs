using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Records;

/// <summary>Selects the records of one slice, page by page. It is used again for every page.</summary>
internal sealed class PageSelection(RecordSelector selector, StreamSlice slice, EvaluationContext variables, SchemaNormaliser? normaliser) : IDisposable
{
    private readonly List<RecordSpan> _spans = [];
    private readonly GreatestCursor _greatest = new(selector.Cursor);
    private readonly EvaluationContext _variables = variables.Inner();
    private ReadOnlyMemory<byte> _json;
    private Value? _lastTree;
    private int _lastSpan = -1;

    /// <summary>The records that were selected.</summary>
    public PageRecords Records { get; } = new();

    /// <summary>The records that the source gave.</summary>
    public long FromSource { get; private set; }

    /// <summary>The records after filters, those included that the cursor drops afterwards: what the paging counts.</summary>
    public long Selected { get; private set; }

    /// <summary>Begins a page or a part of one.</summary>
    public void Begin()
    {
        Records.Clear();
        _spans.Clear();
        (FromSource, Selected, _lastTree, _lastSpan) = (0, 0, null, -1);
    }

    /// <summary>Selects the records of a batch of bodies.</summary>
    /// <param name="batch">The bodies; they must stay valid as long as the records are used.</param>
    /// <param name="skip">How many records of the source to pass over, because they were read before.</param>
    public void Select(in BodyBatch batch, long skip)
    {
        _json = batch.Json;
        if (selector.Extractor.Slices)
        {
            selector.Extractor.Slice(batch, _greatest.Field, _spans);
            FromSource = _spans.Count;
            for (var i = (int)Math.Min(skip, _spans.Count); i < _spans.Count; i++)
            {
                SelectSpan(i);
            }
        }
        else
        {
            foreach (var tree in selector.Extractor.Trees(batch))
            {
                if (FromSource++ >= skip)
                {
                    SelectTree(tree, null);
                }
            }
        }
    }

    /// <summary>Selects a record that was put together from several responses.</summary>
    public void Select(Value record)
    {
        FromSource++;
        SelectTree(record, null);
    }

    /// <summary>The last record after filters and transformations; none if there was none.</summary>
    public Value LastRecord() =>
        _lastTree ?? (_lastSpan < 0 ? Value.None : ValueJsonReader.Read(_json.Span.Slice(_spans[_lastSpan].Start, _spans[_lastSpan].Length), LargeIntegers.Float));

    /// <summary>The greatest cursor value since it was last asked for.</summary>
    public string? TakeGreatestCursor() => _greatest.Take();

    private void SelectSpan(int index)
    {
        var span = _spans[index];
        if (selector.NeedsTrees)
        {
            SelectTree(ValueJsonReader.Read(_json.Span.Slice(span.Start, span.Length), LargeIntegers.Float), span);
            return;
        }

        var cursorValue = _json.Span.Slice(span.CursorStart, span.CursorLength);
        if (selector.FiltersByCursor && !selector.Cursor!.ShouldBeSynced(cursorValue, slice))
        {
            return;
        }

        Selected++;
        (_lastSpan, _lastTree) = (index, null);
        if (!selector.DropsKnown || selector.Cursor!.ShouldBeSynced(cursorValue, slice))
        {
            Emit(span, cursorValue);
        }
    }

    private void SelectTree(Value tree, RecordSpan? span)
    {
        _variables.Set(VariableNames.Record, tree);
        if (selector.TransformsFirst)
        {
            Transform(tree);
        }

        if (!Passes(tree))
        {
            return;
        }

        if (!selector.TransformsFirst)
        {
            Transform(tree);
        }

        if (normaliser is not null && tree.AsDict is { } dict)
        {
            normaliser.Apply(dict);
        }

        Selected++;
        _lastTree = tree;
        var cursorValue = _greatest.ValueOf(tree);
        if (selector.DropsKnown && !selector.Cursor!.ShouldBeSynced(cursorValue, slice))
        {
            return;
        }

        if (span is { } unchanged && !selector.ChangesRecords)
        {
            Emit(unchanged, cursorValue);
            return;
        }

        if (tree.AsDict is null)
        {
            throw NotAnObject(tree.TypeName);
        }

        _greatest.Observe(cursorValue);
        var target = Records.Begin(out var start);
        ValueJsonWriter.Write(target, tree);
        Records.End(start);
    }

    private void Emit(RecordSpan span, ReadOnlySpan<byte> cursorValue)
    {
        if (!span.IsObject)
        {
            throw NotAnObject("no JSON object");
        }

        _greatest.Observe(cursorValue);
        if (span.HasLongNumber)
        {
            var target = Records.Begin(out var start);
            LongNumbers.Copy(_json.Span.Slice(span.Start, span.Length), target);
            Records.End(start);
        }
        else
        {
            Records.Add(span);
        }
    }

    private bool Passes(Value tree) =>
        (!selector.FiltersByCursor || selector.Cursor!.ShouldBeSynced(_greatest.ValueOf(tree), slice))
        && selector.Filter?.Evaluate(_variables) != false;

    private void Transform(Value tree)
    {
        foreach (var transformation in selector.Transformations)
        {
            transformation.Apply(tree.AsDict ?? throw NotAnObject(tree.TypeName), _variables);
        }
    }

    private SourceFaultException NotAnObject(string what) =>
        SourceFaultException.System($"Record {FromSource} of the page is {what}; records must be JSON objects. Check the extractor's field_path.");

    public void Dispose()
    {
        Records.Dispose();
        _greatest.Dispose();
    }
}

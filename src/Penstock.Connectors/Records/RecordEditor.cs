using System.Buffers;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Records;

/// <summary>Applies a <see cref="RecordEdits"/> to one record after the other.</summary>
internal sealed class RecordEditor(RecordEdits edits, int cursorFields)
{
    private readonly DictValue _read = new();
    private readonly Value[] _keys = [.. edits.Fields.Select(field => Value.Of(field))];
    private readonly byte[][] _names = [.. edits.Fields.Select(field => ValueJsonWriter.ToUtf8(field))];
    private readonly Change[] _changes = new Change[edits.Fields.Count];
    private readonly FieldSpan[] _spans = new FieldSpan[edits.Fields.Count];
    private bool _isChanged;

    private readonly record struct Change(bool IsMade, bool IsRemoval, Value Value);

    /// <summary>What templates see as <c>record</c>: the fields that they look at.</summary>
    public DictValue Read => _read;

    /// <summary>Takes up a record.</summary>
    public void Begin(SlicedRecords records, int index, ReadOnlySpan<byte> json)
    {
        _read.Entries.Clear();
        Array.Clear(_changes);
        _isChanged = false;
        for (var i = 0; i < _spans.Length; i++)
        {
            _spans[i] = records.Field(index, cursorFields + i);
            if (i < edits.Reads && _spans[i].IsThere)
            {
                _read.Entries[_keys[i]] = ValueJsonReader.ReadValid(json.Slice(_spans[i].ValueStart, _spans[i].ValueLength), LargeIntegers.Float);
            }
        }
    }

    /// <summary>Evaluates the changes.</summary>
    public void Transform(EvaluationContext variables)
    {
        foreach (var step in edits.Steps)
        {
            if (step.Add is null)
            {
                _changes[step.Field] = new Change(true, true, Value.None);
                _read.Entries.Remove(_keys[step.Field]);
            }
            else if (step.Add.TryEvaluate(step.Added!, variables, out var value))
            {
                _changes[step.Field] = new Change(true, false, value);
                if (step.Field < edits.Reads)
                {
                    _read.Entries[_keys[step.Field]] = value;
                }
            }

            _isChanged = true;
        }
    }

    /// <summary>Whether the record has to be written anew.</summary>
    public bool IsChanged => _isChanged;

    /// <summary>Writes the record with its changes.</summary>
    public void Write(ReadOnlySpan<byte> json, RecordSpan record, IBufferWriter<byte> target)
    {
        target.Write("{"u8);
        var isFirst = true;
        var position = record.Start + 1;
        for (var next = NextChange(position); next >= 0; next = NextChange(position))
        {
            Keep(json[position.._spans[next].NameStart], target, ref isFirst);
            if (!_changes[next].IsRemoval)
            {
                Set(next, target, ref isFirst);
            }

            position = _spans[next].End;
        }

        Keep(json[position..(record.Start + record.Length - 1)], target, ref isFirst);
        for (var i = 0; i < _changes.Length; i++)
        {
            if (_changes[i] is { IsMade: true, IsRemoval: false } && !_spans[i].IsThere)
            {
                Set(i, target, ref isFirst);
            }
        }

        target.Write("}"u8);
    }

    /// <summary>The first changed field that the record has from a position on; -1 if there is none.</summary>
    private int NextChange(int position)
    {
        var next = -1;
        for (var i = 0; i < _changes.Length; i++)
        {
            if (_changes[i].IsMade && _spans[i].IsThere && _spans[i].NameStart >= position && (next < 0 || _spans[i].NameStart < _spans[next].NameStart))
            {
                next = i;
            }
        }

        return next;
    }

    private static void Keep(ReadOnlySpan<byte> fields, IBufferWriter<byte> target, ref bool isFirst)
    {
        var kept = fields.Trim(" ,\t"u8);
        if (!kept.IsEmpty)
        {
            Separate(target, ref isFirst);
            target.Write(kept);
        }
    }

    private void Set(int field, IBufferWriter<byte> target, ref bool isFirst)
    {
        Separate(target, ref isFirst);
        target.Write(_names[field]);
        target.Write(":"u8);
        ValueJsonWriter.Write(target, _changes[field].Value);
    }

    private static void Separate(IBufferWriter<byte> target, ref bool isFirst)
    {
        if (!isFirst)
        {
            target.Write(","u8);
        }

        isFirst = false;
    }
}

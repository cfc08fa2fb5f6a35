using System.Text;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Expressions.Texts;

/// <summary>JSON as Python's <c>json.dumps</c> writes it: a blank behind commas and colons, non-ASCII escaped.</summary>
internal sealed class PythonJson
{
    private readonly Evaluation _evaluation;
    private readonly StringBuilder _target = new();
    private readonly bool _sortKeys;
    private readonly string? _indent;

    private PythonJson(Evaluation evaluation, bool sortKeys, string? indent) => (_evaluation, _sortKeys, _indent) = (evaluation, sortKeys, indent);

    public static string Write(Evaluation evaluation, in Value value, bool sortKeys = false, string? indent = null)
    {
        var writer = new PythonJson(evaluation, sortKeys, indent);
        writer.Value(value, 0);
        return writer._target.ToString();
    }

    private void Value(in Value value, int depth)
    {
        _evaluation.Step();
        _evaluation.Growing(_target.Length);
        if (depth > ValueEquality.MaximumDepth)
            throw new ValueException(ValueErrorKind.Value, "Circular reference detected");
        if (value.AsText is { } text)
            Text(text);
        else if (value.TryGetFloat(out var number))
            _target.Append(double.IsFinite(number) ? FloatText.Repr(number) : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        else if (value.Kind is ValueKind.None or ValueKind.Bool)
            _target.Append(ValueJsonWriter.KeyText(value));
        else if (value.Kind == ValueKind.Int)
            ValueText.AppendText(_target, value);
        else if (value.AsObject is DictValue dict)
            Dict(dict, depth);
        else if (value.AsObject is ListValue or TupleValue)
            List(value.AsList?.Elements ?? value.AsTuple!.Elements, depth);
        else
            throw ValueException.Type($"Object of type {value.TypeName} is not JSON serializable");
    }

    private void Dict(DictValue dict, int depth)
    {
        IReadOnlyList<KeyValuePair<Value, Value>> entries = [.. dict.Entries];
        if (_sortKeys)
        {
            var order = Sorting.Sort(_evaluation, [.. dict.Entries.Keys], null, reverse: false);
            entries = [.. order.Select(k => new KeyValuePair<Value, Value>(k, dict[k]))];
        }

        _target.Append('{');
        for (var i = 0; i < entries.Count; i++)
        {
            Separate(i, depth + 1);
            Text(Key(entries[i].Key));
            _target.Append(": ");
            Value(entries[i].Value, depth + 1);
        }

        Close(entries.Count, depth, '}');
    }

    private void List(IReadOnlyList<Value> items, int depth)
    {
        _target.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            Separate(i, depth + 1);
            Value(items[i], depth + 1);
        }

        Close(items.Count, depth, ']');
    }

    private void Separate(int index, int depth)
    {
        if (index > 0)
            _target.Append(_indent is null ? ", " : ",");
        NewLine(depth);
    }

    private void Close(int count, int depth, char bracket)
    {
        if (count > 0)
            NewLine(depth);
        _target.Append(bracket);
    }

    private void NewLine(int depth)
    {
        if (_indent is null)
            return;
        _evaluation.Text(_indent.Length * (long)depth);
        _target.Append('\n').Insert(_target.Length, _indent, depth);
    }

    private static string Key(in Value key) => key.Kind switch
    {
        ValueKind.Str => key.AsText!,
        ValueKind.None or ValueKind.Bool or ValueKind.Int or ValueKind.Float => ValueJsonWriter.KeyText(key),
        _ => throw ValueException.Type($"keys must be str, int, float, bool or None, not {key.TypeName}"),
    };

    private void Text(string text)
    {
        _evaluation.Text(text.Length);
        _target.Append('"');
        foreach (var c in text)
        {
            if (c is >= ' ' and <= '~' and not ('"' or '\\'))
                _target.Append(c);
            else
                _target.Append(Escape(c));
        }

        _target.Append('"');
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => $"\\u{(int)c:x4}",
    };
}

using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>The methods of mappings.</summary>
internal static class DictMethods
{
    public static FunctionTable Table { get; } = new()
    {
        { "clear", "self, /", (_, a) => Clear(a) },
        { "copy", "self, /", (_, a) => new DictValue(Entries(a)) },
        { "fromkeys", "self, keys, value=None, /", FromKeys },
        { "get", "self, key, default=None, /", (_, a) => Entries(a).TryGetValue(a[1], out var value) ? value : a[2] },
        { "items", "self, /", (_, a) => new DictView(a[0].AsDict!, DictViewKind.Items) },
        { "keys", "self, /", (_, a) => new DictView(a[0].AsDict!, DictViewKind.Keys) },
        { "pop", "self, key, default=?, /", Pop },
        { "popitem", "self, /", PopItem },
        { "setdefault", "self, key, default=None, /", SetDefault },
        { "update", "self, *more, **named", Update },
        { "values", "self, /", (_, a) => new DictView(a[0].AsDict!, DictViewKind.Values) },
    };

    private static Value Clear(Value[] a)
    {
        Entries(a).Clear();
        return Value.None;
    }

    private static Value FromKeys(Evaluation evaluation, Value[] a)
    {
        var dict = new DictValue();
        foreach (var key in Iteration.Each(evaluation, a[1]))
            dict[key] = a[2];
        return dict;
    }

    private static Value Pop(Evaluation evaluation, Value[] a)
    {
        if (Entries(a).Remove(a[1], out var value))
            return value;
        return Signature.IsAbsent(a[2]) ? throw new ValueException(ValueErrorKind.Key, "the mapping has no such key") : a[2];
    }

    private static Value PopItem(Evaluation evaluation, Value[] a)
    {
        var entries = Entries(a);
        if (entries.Count == 0)
            throw new ValueException(ValueErrorKind.Key, "popitem(): dictionary is empty");
        var (key, value) = entries.GetAt(entries.Count - 1);
        entries.RemoveAt(entries.Count - 1);
        return new TupleValue(key, value);
    }

    private static Value SetDefault(Evaluation evaluation, Value[] a)
    {
        if (Entries(a).TryGetValue(a[1], out var value))
            return value;
        Entries(a)[a[1]] = a[2];
        return a[2];
    }

    private static Value Update(Evaluation evaluation, Value[] a)
    {
        Dicts.Merge(evaluation, a[0].AsDict!, a[1].AsTuple!, a[2].AsDict!, "update");
        return Value.None;
    }

    private static OrderedDictionary<Value, Value> Entries(Value[] a) => a[0].AsDict!.Entries;
}

/// <summary>Filling mappings the way <c>dict()</c> and <c>dict.update()</c> do.</summary>
internal static class Dicts
{
    public static void Merge(Evaluation evaluation, DictValue target, TupleValue more, DictValue named, string function)
    {
        if (more.Elements.Count > 1)
            throw ValueException.Type($"{function} expected at most 1 argument, got {more.Elements.Count}");
        foreach (var source in more.Elements)
        {
            foreach (var (key, value) in Pairs(evaluation, source))
                target[key] = value;
        }

        foreach (var (key, value) in named.Entries)
            target[key] = value;
        evaluation.Steps(target.Entries.Count);
    }

    private static IEnumerable<KeyValuePair<Value, Value>> Pairs(Evaluation evaluation, Value source)
    {
        if (source.AsDict is { } dict)
            return dict.Entries.ToArray();
        if (source.AsObject is IMappingValue mapping)
        {
            return [.. source.AsObject!.Items!.Select(k => mapping.TryGet(k, out var v) ? new KeyValuePair<Value, Value>(k, v) : default)];
        }

        return Iteration.Each(evaluation, source).Select(item => Pair(evaluation, item));
    }

    private static KeyValuePair<Value, Value> Pair(Evaluation evaluation, Value item)
    {
        var pair = item.AsObject?.Items is not null || item.AsText is not null
            ? Iteration.ToList(evaluation, item).Elements
            : throw ValueException.Type("cannot convert dictionary update sequence element to a sequence");
        return pair.Count == 2
            ? new(pair[0], pair[1])
            : throw ValueException.Bad($"dictionary update sequence element has length {pair.Count}; 2 is required");
    }
}

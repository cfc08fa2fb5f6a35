using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Values that print as a literal of themselves.</summary>
internal static class PlainValues
{
    private const int MaximumDepth = 50;

    /// <summary>Whether the value isn't a text (which may read as another type) and holds nothing that prints otherwise.</summary>
    public static bool IsPlain(in Value value) => value.Kind != ValueKind.Str && IsPlain(value, 0);

    public static Value Copy(in Value value) => value.AsObject switch
    {
        ListValue list => new ListValue(list.Elements.ConvertAll(e => Copy(e))),
        TupleValue tuple => new TupleValue([.. tuple.Elements.Select(e => Copy(e))]),
        DictValue dict => new DictValue(dict.Entries.Select(e => new KeyValuePair<Value, Value>(Copy(e.Key), Copy(e.Value)))),
        _ => value,
    };

    private static bool IsPlain(in Value value, int depth) => value.Kind switch
    {
        ValueKind.None or ValueKind.Bool => true,
        ValueKind.Int => value.AsObject is null,
        ValueKind.Float => value.TryGetFloat(out var number) && double.IsFinite(number),
        ValueKind.Str => value.AsObject is null,
        ValueKind.List => depth < MaximumDepth && value.AsList!.Elements.TrueForAll(e => IsPlain(e, depth + 1)),
        ValueKind.Tuple => depth < MaximumDepth && value.TypeName == "tuple" && value.AsTuple!.Elements.All(e => IsPlain(e, depth + 1)),
        ValueKind.Dict => depth < MaximumDepth && value.AsDict!.Entries.All(e => IsPlain(e.Key, depth + 1) && IsPlain(e.Value, depth + 1)),
        _ => false,
    };
}

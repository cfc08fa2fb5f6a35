using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Tests;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>
/// <c>map</c>, <c>select</c> and their like. They are lazy: arguments are looked at only when a first item is asked for, so that
/// an unknown test over an empty list is no error.
/// </summary>
internal static class SelectionFilters
{
    public static FunctionTable Table { get; } = new()
    {
        { "map", "value, *args, **kwargs", (e, a) => Lazy(e, a[0], () => Mapping(e, a[1].AsTuple!, a[2].AsDict!)) },
        { "reject", "value, *args, **kwargs", (e, a) => Select(e, a, byAttribute: false, wanted: false) },
        { "rejectattr", "value, *args, **kwargs", (e, a) => Select(e, a, byAttribute: true, wanted: false) },
        { "select", "value, *args, **kwargs", (e, a) => Select(e, a, byAttribute: false, wanted: true) },
        { "selectattr", "value, *args, **kwargs", (e, a) => Select(e, a, byAttribute: true, wanted: true) },
    };

    private static IteratorValue Select(Evaluation evaluation, Value[] a, bool byAttribute, bool wanted) => Lazy(evaluation, a[0], () =>
    {
        var passes = Predicate(evaluation, a[1].AsTuple!, a[2].AsDict!, byAttribute);
        return item => passes(item) == wanted ? item : (Value?)null;
    });

    // Applies a function to each item and leaves out what gives null.
    private static IteratorValue Lazy(Evaluation evaluation, Value source, Func<Func<Value, Value?>> prepare)
    {
        return new IteratorValue("generator", Items());

        IEnumerable<Value> Items()
        {
            if (!source.IsTruthy)
                yield break;
            var apply = prepare();
            foreach (var item in Iteration.Each(evaluation, source))
            {
                if (apply(item) is { } result)
                    yield return result;
            }
        }
    }

    private static Func<Value, Value?> Mapping(Evaluation evaluation, TupleValue given, DictValue named)
    {
        if (given.Elements.Count == 0 && named.TryGet("attribute", out var attribute))
        {
            var getter = new AttributeGetter(attribute, named.Find("default"));
            if (named.Entries.Keys.Any(k => k.AsText is not ("attribute" or "default")))
                throw ValueException.Bad("map got an unexpected keyword argument");
            return item => getter.Get(item);
        }

        if (given.Elements.Count == 0)
            throw ValueException.Bad("map requires a filter argument");
        return Bound(evaluation, () => Find(given.Elements[0], AllFilters.Find) ?? throw AllFilters.Unknown(given.Elements[0].ToString()), given, 1, named);
    }

    private static Func<Value, bool> Predicate(Evaluation evaluation, TupleValue given, DictValue named, bool byAttribute)
    {
        if (byAttribute && given.Elements.Count == 0)
            throw ValueException.Bad("Missing parameter for attribute name");
        var getter = byAttribute ? new AttributeGetter(given.Elements[0]) : null;
        var nameAt = byAttribute ? 1 : 0;
        if (given.Elements.Count <= nameAt)
            return item => (getter?.Get(item) ?? item).IsTruthy;
        var name = given.Elements[nameAt];
        var apply = Bound(evaluation, () => Find(name, AllTests.Find) ?? throw AllTests.Unknown(name.ToString()), given, nameAt + 1, named);
        return item => apply(getter?.Get(item) ?? item)!.Value.IsTruthy;
    }

    private static NativeFunction? Find(in Value name, Func<string, NativeFunction?> find)
    {
        if (name.AsObject is UndefinedValue undefined)
            throw undefined.Error();
        if (name.Kind is ValueKind.List or ValueKind.Dict or ValueKind.Set)
            throw ValueException.Type($"unhashable type: '{name.TypeName}'");
        return name.AsText is { } text ? find(text) : null;
    }

    // The function is looked up with the first item, not before.
    private static Func<Value, Value?> Bound(Evaluation evaluation, Func<NativeFunction> find, TupleValue given, int skip, DictValue named)
    {
        NativeFunction? function = null;
        Value[] rest = [.. given.Elements.Skip(skip)];
        KeyValuePair<string, Value>[] names = [.. named.Entries.Select(n => new KeyValuePair<string, Value>(n.Key.AsText!, n.Value))];
        return item => (function ??= find()).Call(evaluation, new Arguments([item, .. rest], names));
    }
}

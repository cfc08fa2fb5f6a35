using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>Filters that order, group and compare. Unless told otherwise they ignore the case of texts.</summary>
internal static class SortingFilters
{
    public static FunctionTable Table { get; } = new()
    {
        { "dictsort", "value, case_sensitive=False, by='key', reverse=False", DictSort },
        { "groupby", "value, attribute, default=None, case_sensitive=False", GroupBy },
        { "max", "value, case_sensitive=False, attribute=None", (e, a) => Extreme(e, a, "max") },
        { "min", "value, case_sensitive=False, attribute=None", (e, a) => Extreme(e, a, "min") },
        { "sort", "value, reverse=False, case_sensitive=False, attribute=None", Sort },
        { "unique", "value, case_sensitive=False, attribute=None", Unique },
    };

    private static Value Sort(Evaluation evaluation, Value[] a)
    {
        var items = Iteration.ToList(evaluation, a[0]).Elements;
        var getters = AttributeGetter.Several(a[3], ignoreCase: !a[2].IsTruthy);
        var keys = items.ConvertAll(i => Value.Of(new ListValue(getters.Select(g => g.Get(i)))));
        return new ListValue(Sorting.Sort(evaluation, items, keys, a[1].IsTruthy));
    }

    private static Value DictSort(Evaluation evaluation, Value[] a)
    {
        var at = a[2].AsText switch { "key" => 0L, "value" => 1L, _ => throw ValueException.Bad("You can only sort by either \"key\" or \"value\"") };
        if (a[0].AsObject is UndefinedValue undefined)
            throw undefined.Error();
        if (a[0].AsObject is not (DictValue or IMappingValue))
            throw new ValueException(ValueErrorKind.Attribute, $"'{a[0].TypeName}' object has no attribute 'items'");
        var mapping = a[0];
        List<Value> pairs = [.. Iteration.Each(evaluation, mapping).Select(k => Value.Of(new TupleValue(k, Access.Item(mapping, k))))];
        var getter = new AttributeGetter(at, ignoreCase: !a[1].IsTruthy);
        return new ListValue(Sorting.Sort(evaluation, pairs, pairs.ConvertAll(getter.Get), a[3].IsTruthy));
    }

    private static Value GroupBy(Evaluation evaluation, Value[] a)
    {
        var items = Iteration.ToList(evaluation, a[0]).Elements;
        var ignoreCase = !a[3].IsTruthy;
        var getter = new AttributeGetter(a[1], a[2], ignoreCase);
        var shown = new AttributeGetter(a[1], a[2]);
        var groups = new ListValue();
        var last = Value.None;
        foreach (var item in Sorting.Sort(evaluation, items, items.ConvertAll(getter.Get), reverse: false))
        {
            var key = getter.Get(item);
            if (groups.Elements.Count == 0 || !last.Equals(key))
                groups.Elements.Add(new NamedTupleValue("tuple", ["grouper", "list"], shown.Get(item), new ListValue()));
            last = key;
            groups.Elements[^1].AsTuple!.Elements[1].AsList!.Elements.Add(item);
        }

        return groups;
    }

    private static Value Extreme(Evaluation evaluation, Value[] a, string function)
    {
        var items = Iteration.ToList(evaluation, a[0]).Elements;
        var getter = new AttributeGetter(a[2], ignoreCase: !a[1].IsTruthy);
        return Extremes.Find(items, items.Select(getter.Get), function) ?? new UndefinedValue("No aggregated item, sequence was empty.");
    }

    private static Value Unique(Evaluation evaluation, Value[] a)
    {
        var source = a[0];
        var getter = new AttributeGetter(a[2], ignoreCase: !a[1].IsTruthy);
        return new IteratorValue("generator", Items());

        IEnumerable<Value> Items()
        {
            var seen = new HashSet<Value>();
            foreach (var item in Iteration.Each(evaluation, source))
            {
                if (seen.Add(getter.Get(item)))
                    yield return item;
            }
        }
    }
}

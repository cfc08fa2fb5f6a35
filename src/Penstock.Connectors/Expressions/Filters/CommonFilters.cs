using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Texts;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Filters;

/// <summary>Filters for values of every type.</summary>
internal static class CommonFilters
{
    public static FunctionTable Table { get; } = new()
    {
        { "attr", "obj, name", Attribute },
        { "default", "value, default_value='', boolean=False", (_, a) => a[0].IsUndefined || (a[2].IsTruthy && !a[0].IsTruthy) ? a[1] : a[0] },
        { "d", "default" },
        { "items", "value", Items },
        { "length", "obj, /", (_, a) => Length(a[0]) },
        { "count", "length" },
        { "list", "value", (e, a) => Iteration.ToList(e, a[0]) },
        { "pprint", "value", (_, a) => PrettyText.Format(a[0]) },
        { "string", "value", (e, a) => a[0].AsText is null ? "\"\"\"" + PythonJson.Write(e, a[0]) + "\"\"\"" : a[0] },
    };

    /// <summary>Python's <c>len</c>.</summary>
    public static Value Length(in Value value)
    {
        if (value.AsText is { } text)
            return CodePoints.Count(text);
        return value.AsObject?.Length ?? throw ValueException.Type($"object of type '{value.TypeName}' has no len()");
    }

    private static Value Attribute(Evaluation evaluation, Value[] a) =>
        Access.TryAttribute(a[0], TextMethods.Need(a[1]), out var value) ? value : Access.Missing(a[0], a[1].AsText!);

    private static Value Items(Evaluation evaluation, Value[] a)
    {
        var mapping = a[0];
        return new IteratorValue("generator", Pairs());

        IEnumerable<Value> Pairs()
        {
            if (mapping.IsUndefined)
                yield break;
            if (mapping.AsObject is not (DictValue or IMappingValue))
                throw ValueException.Type("Can only get item pairs from a mapping.");
            foreach (var key in Iteration.Each(evaluation, mapping))
                yield return new TupleValue(key, Access.TryItem(mapping, key, out var value) ? value : Value.None);
        }
    }
}

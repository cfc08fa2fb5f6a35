using System.Runtime.CompilerServices;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Walks over whatever can be walked over, a step an item.</summary>
internal static class Iteration
{
    public static IEnumerable<Value> Each(Evaluation evaluation, in Value value)
    {
        if (value.AsObject is not MarkupValue && value.AsText is { } text)
            return Counted(evaluation, CodePoints.Each(text));
        return Counted(evaluation, value.AsObject?.Items ?? throw ValueException.Type($"'{value.TypeName}' object is not iterable"));
    }

    public static ListValue ToList(Evaluation evaluation, in Value value) => new(Each(evaluation, value));

    private static IEnumerable<Value> Counted(Evaluation evaluation, IEnumerable<Value> items)
    {
        foreach (var item in items)
        {
            evaluation.Step();
            yield return item;
        }
    }
}

/// <summary>An iterator: it can be walked over once.</summary>
internal sealed class IteratorValue(string typeName, IEnumerable<Value> items) : ObjectValue
{
    private readonly IEnumerator<Value> _items = items.GetEnumerator();

    public override string TypeName => typeName;

    public override bool IsTruthy => true;

    public override IEnumerable<Value> Items
    {
        get
        {
            // Iterators over iterators may be nested without end.
            RuntimeHelpers.EnsureSufficientExecutionStack();
            while (_items.MoveNext())
                yield return _items.Current;
        }
    }

    internal override void AppendRepr(System.Text.StringBuilder target, int depth) => target.Append($"<{typeName} object>");
}

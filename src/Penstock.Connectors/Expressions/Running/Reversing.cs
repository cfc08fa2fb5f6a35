using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>Python's <c>reversed</c>: of what has an order and a length.</summary>
internal static class Reversing
{
    public static bool CanReverse(in Value value) =>
        value.AsText is not null || value.AsObject is ListValue or TupleValue or DictValue or DictView or BytesValue or UndefinedValue;

    public static IEnumerable<Value> Reverse(Evaluation evaluation, in Value value)
    {
        if (!CanReverse(value))
            throw ValueException.Type($"'{value.TypeName}' object is not reversible");
        // From the end, so that asking for the last item of a long list is cheap.
        var elements = value.AsList?.Elements ?? value.AsTuple?.Elements ?? Iteration.ToList(evaluation, value).Elements;
        return FromEnd(evaluation, elements);
    }

    private static IEnumerable<Value> FromEnd(Evaluation evaluation, IReadOnlyList<Value> elements)
    {
        for (var i = elements.Count - 1; i >= 0; i--)
        {
            evaluation.Step();
            yield return elements[i];
        }
    }
}

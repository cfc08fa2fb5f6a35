using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>The methods that lists and tuples share.</summary>
internal static class SequenceMethods
{
    public static FunctionTable Table { get; } = new()
    {
        { "count", "self, value, /", Count },
        { "index", "self, value, start=0, stop=?, /", Index },
    };

    private static Value Count(Evaluation evaluation, Value[] a)
    {
        var wanted = a[1];
        evaluation.Steps(Elements(a[0]).Count);
        return (long)Elements(a[0]).Count(e => e.IsSame(wanted) || e.Equals(wanted));
    }

    private static Value Index(Evaluation evaluation, Value[] a)
    {
        var elements = Elements(a[0]);
        evaluation.Steps(elements.Count);
        var from = Bound(a[2], elements.Count);
        var to = Signature.IsAbsent(a[3]) ? elements.Count : Bound(a[3], elements.Count);
        for (var i = from; i < to; i++)
        {
            if (elements[i].IsSame(a[1]) || elements[i].Equals(a[1]))
                return (long)i;
        }

        throw ValueException.Bad("the value is not in the sequence");
    }

    private static int Bound(in Value value, int count)
    {
        var bound = Integers.ToIndex(value);
        return (int)Math.Clamp(bound < 0 ? bound + count : bound, 0, count);
    }

    private static IReadOnlyList<Value> Elements(in Value value) => value.AsList?.Elements ?? value.AsTuple!.Elements;
}

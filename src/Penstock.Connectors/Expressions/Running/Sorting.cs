using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Running;

/// <summary>A stable sort by <c>&lt;</c>, as Python's.</summary>
internal static class Sorting
{
    /// <summary>Sorts items by their keys, or by themselves. Reversed, equal items keep their order too.</summary>
    public static List<Value> Sort(Evaluation evaluation, IReadOnlyList<Value> items, IReadOnlyList<Value>? keys, bool reverse)
    {
        keys ??= items;
        var order = Enumerable.Range(0, items.Count).ToArray();
        var comparer = Comparer<int>.Create((x, y) => Compare(evaluation, keys, reverse, x, y));
        try
        {
            Array.Sort(order, comparer);
        }
        catch (InvalidOperationException failed) when (failed.InnerException is ValueException inner)
        {
            throw new ValueException(inner.Kind, inner.Message);
        }

        return [.. order.Select(i => items[i])];
    }

    private static int Compare(Evaluation evaluation, IReadOnlyList<Value> keys, bool reverse, int x, int y)
    {
        evaluation.Step();
        if (x == y)
            return 0;
        var (first, second) = reverse ? (keys[y], keys[x]) : (keys[x], keys[y]);
        if (Comparison.IsLess(first, second))
            return -1;
        return Comparison.IsLess(second, first) ? 1 : x.CompareTo(y);
    }
}

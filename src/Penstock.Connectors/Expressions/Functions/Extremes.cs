using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary><c>max(a, b)</c> and <c>max(items)</c>; the first of equals wins.</summary>
internal static class Extremes
{
    public static Value Find(Evaluation evaluation, TupleValue given, string function)
    {
        if (given.Elements.Count == 0)
            throw ValueException.Type($"{function} expected at least 1 argument, got 0");
        var items = given.Elements.Count == 1 ? Iteration.Each(evaluation, given.Elements[0]) : given.Elements;
        return Find(items, items, function) ?? throw ValueException.Bad($"{function}() iterable argument is empty");
    }

    /// <summary>The item whose key is greatest or least; null if there is none.</summary>
    public static Value? Find(IEnumerable<Value> items, IEnumerable<Value> keys, string function)
    {
        Value? best = null;
        var bestKey = Value.None;
        foreach (var (item, key) in items.Zip(keys))
        {
            var isBetter = best is null || (function == "max" ? Comparison.IsLess(bestKey, key) : Comparison.IsLess(key, bestKey));
            if (isBetter)
                (best, bestKey) = (item, key);
        }

        return best;
    }
}

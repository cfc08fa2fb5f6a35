using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>The methods of sets, and of the views that behave like them.</summary>
internal static class SetMethods
{
    public static FunctionTable Views { get; } = new()
    {
        { "isdisjoint", "self, other, /", (e, a) => !Iteration.Each(e, a[1]).Any(i => Comparison.Contains(e, a[0], i)) },
    };

    public static FunctionTable Table { get; } = new()
    {
        Views,
        { "copy", "self, /", (e, a) => new SetValue(Iteration.Each(e, a[0])) },
        { "difference", "self, other, /", (e, a) => Difference(e, a[0], a[1]) },
        { "intersection", "self, other, /", (e, a) => new SetValue(Iteration.Each(e, a[1]).Where(i => Comparison.Contains(e, a[0], i))) },
        { "issubset", "self, other, /", (e, a) => new SetValue(Iteration.Each(e, a[1])) is var o && Iteration.Each(e, a[0]).All(o.Contains) },
        { "issuperset", "self, other, /", (e, a) => Iteration.Each(e, a[1]).All(i => Comparison.Contains(e, a[0], i)) },
        { "union", "self, other, /", (e, a) => new SetValue(Iteration.Each(e, a[0]).Concat(Iteration.Each(e, a[1]))) },
    };

    public static SetValue Difference(Evaluation evaluation, in Value left, in Value right)
    {
        var taken = new SetValue(Iteration.Each(evaluation, right));
        return new SetValue(Iteration.Each(evaluation, left).Where(i => !taken.Contains(i)));
    }
}

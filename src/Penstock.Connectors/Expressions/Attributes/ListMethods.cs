using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Attributes;

/// <summary>The methods of lists.</summary>
internal static class ListMethods
{
    public static FunctionTable Table { get; } = new()
    {
        SequenceMethods.Table,
        { "append", "self, value, /", (_, a) => Do(() => List(a).Add(a[1])) },
        { "clear", "self, /", (_, a) => Do(() => List(a).Clear()) },
        { "copy", "self, /", (e, a) => Iteration.ToList(e, a[0]) },
        { "extend", "self, items, /", (e, a) => Do(() => List(a).AddRange(Iteration.ToList(e, a[1]).Elements)) },
        { "insert", "self, index, value, /", (e, a) => Do(() => Moved(e, a).Insert(Position(a[1], List(a).Count), a[2])) },
        { "pop", "self, index=-1, /", Pop },
        { "remove", "self, value, /", Remove },
        { "reverse", "self, /", (e, a) => Do(() => Moved(e, a).Reverse()) },
        { "sort", "self, *, key=None, reverse=False", Sort },
    };

    private static Value Pop(Evaluation evaluation, Value[] a)
    {
        var list = Moved(evaluation, a);
        if (!Indexes.TryResolve(Integers.ToIndex(a[1]), list.Count, out var index))
            throw new ValueException(ValueErrorKind.Index, list.Count == 0 ? "pop from empty list" : "pop index out of range");
        var value = list[index];
        list.RemoveAt(index);
        return value;
    }

    private static Value Remove(Evaluation evaluation, Value[] a)
    {
        var index = Moved(evaluation, a).FindIndex(e => e.IsSame(a[1]) || e.Equals(a[1]));
        if (index < 0)
            throw ValueException.Bad("list.remove(x): x not in list");
        List(a).RemoveAt(index);
        return Value.None;
    }

    private static Value Sort(Evaluation evaluation, Value[] a)
    {
        var list = List(a);
        // The key function might change the list.
        Value[] elements = [.. list];
        var keys = a[1].IsNone ? null : Array.ConvertAll(elements, e => Calls.Call(evaluation, a[1], new Arguments(e)));
        var sorted = Sorting.Sort(evaluation, elements, keys, a[2].IsTruthy);
        list.Clear();
        list.AddRange(sorted);
        return Value.None;
    }

    private static int Position(in Value value, int count)
    {
        var index = Integers.ToIndex(value);
        return (int)Math.Clamp(index < 0 ? index + count : index, 0, count);
    }

    private static List<Value> List(Value[] a) => a[0].AsList!.Elements;

    // Elements are moved, many at a time.
    private static List<Value> Moved(Evaluation evaluation, Value[] a)
    {
        evaluation.Steps(List(a).Count >> 4);
        return List(a);
    }

    private static Value Do(Action action)
    {
        action();
        return Value.None;
    }
}

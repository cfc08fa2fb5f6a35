using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary><c>(a, b)</c>.</summary>
internal sealed class TupleNode(int offset, Expression[] items) : Expression(offset)
{
    public IReadOnlyList<Expression> Elements => items;

    public override IEnumerable<Node> Children => items;

    public override Value Evaluate(Frame frame) => new TupleValue(Array.ConvertAll(items, i => i.Evaluate(frame)));
}

/// <summary><c>[a, b]</c>.</summary>
internal sealed class ListNode(int offset, Expression[] items) : Expression(offset)
{
    public override IEnumerable<Node> Children => items;

    public override Value Evaluate(Frame frame)
    {
        frame.Evaluation.Steps(items.Length);
        var elements = new List<Value>(items.Length);
        foreach (var item in items)
            elements.Add(item.Evaluate(frame));
        return new ListValue(elements);
    }
}

/// <summary><c>{a: b}</c>.</summary>
internal sealed class DictNode(int offset, KeyValuePair<Expression, Expression>[] entries) : Expression(offset)
{
    public override IEnumerable<Node> Children => entries.SelectMany(e => new[] { e.Key, e.Value });

    public override Value Evaluate(Frame frame)
    {
        frame.Evaluation.Steps(entries.Length);
        var dict = new DictValue(entries.Length);
        foreach (var (key, value) in entries)
            dict.Entries[key.Evaluate(frame)] = value.Evaluate(frame);
        return dict;
    }
}

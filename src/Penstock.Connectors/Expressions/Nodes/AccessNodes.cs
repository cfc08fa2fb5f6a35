using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary><c>target.name</c>: the attribute, else the item.</summary>
internal sealed class AttributeNode(int offset, Expression target, string name) : Expression(offset)
{
    public Expression Target => target;

    public string Name => name;

    public override IEnumerable<Node> Children => [target];

    public override Value Evaluate(Frame frame)
    {
        frame.Evaluation.Step();
        return Access.Attribute(target.Evaluate(frame), name);
    }
}

/// <summary><c>target[key]</c>: the item, else the attribute.</summary>
internal sealed class ItemNode(int offset, Expression target, Expression key) : Expression(offset)
{
    public Expression Target => target;

    public Expression Key => key;

    public override IEnumerable<Node> Children => [target, key];

    public override Value Evaluate(Frame frame)
    {
        frame.Evaluation.Step();
        var value = target.Evaluate(frame);
        return Access.Item(value, key.Evaluate(frame));
    }
}

/// <summary><c>target[start:stop:step]</c>.</summary>
internal sealed class SliceNode(int offset, Expression target, Expression? start, Expression? stop, Expression? step) : Expression(offset)
{
    public override IEnumerable<Node> Children => new[] { target, start, stop, step }.OfType<Node>();

    public override Value Evaluate(Frame frame)
    {
        var value = target.Evaluate(frame);
        var from = start?.Evaluate(frame) ?? Value.None;
        var to = stop?.Evaluate(frame) ?? Value.None;
        return Slices.Take(frame.Evaluation, value, from, to, step?.Evaluate(frame) ?? Value.None);
    }
}

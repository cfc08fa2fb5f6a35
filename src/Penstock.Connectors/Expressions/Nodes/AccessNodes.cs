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

/// <summary>
/// <c>target[start:stop:step]</c>. What can't be sliced is a type error; but Jinja evaluates a slice of constants when it
/// compiles, where it is undefined instead.
/// </summary>
internal sealed class SliceNode(int offset, Expression target, Expression? start, Expression? stop, Expression? step) : Expression(offset)
{
    private readonly bool _isConstant = target.IsConstant && start is (null or { IsConstant: true }) && stop is (null or { IsConstant: true })
        && step is (null or { IsConstant: true });

    public override bool IsConstant => _isConstant;

    public override IEnumerable<Node> Children => new[] { target, start, stop, step }.OfType<Node>();

    public override Value Evaluate(Frame frame)
    {
        var value = target.Evaluate(frame);
        var from = start?.Evaluate(frame) ?? Value.None;
        var to = stop?.Evaluate(frame) ?? Value.None;
        var stride = step?.Evaluate(frame) ?? Value.None;
        try
        {
            return Slices.Take(frame.Evaluation, value, from, to, stride);
        }
        catch (ValueException failed) when (_isConstant && failed.Kind is (ValueErrorKind.Type or ValueErrorKind.Key))
        {
            return new UndefinedValue(failed.Message);
        }
    }
}

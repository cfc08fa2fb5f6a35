using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary>A literal: a text, a number, true, false, none.</summary>
internal sealed class ConstantNode(int offset, Value value) : Expression(offset)
{
    public Value Value { get; } = value;

    public override Value Evaluate(Frame frame) => Value;
}

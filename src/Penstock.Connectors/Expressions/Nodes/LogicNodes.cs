using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Expressions.Scopes;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary><c>a and b</c>: an operand, not a boolean.</summary>
internal sealed class AndNode(int offset, Expression left, Expression right) : Expression(offset)
{
    public override IEnumerable<Node> Children => [left, right];

    // Behind a literal that decides, an unknown filter is out of reach.
    public override void Bind(in Binding binding)
    {
        left.Bind(binding);
        right.Bind(left is ConstantNode { Value.IsTruthy: false } ? binding.Softly() : binding);
    }

    public override Value Evaluate(Frame frame)
    {
        var value = left.Evaluate(frame);
        return value.IsTruthy ? right.Evaluate(frame) : value;
    }
}

/// <summary><c>a or b</c>: an operand, not a boolean.</summary>
internal sealed class OrNode(int offset, Expression left, Expression right) : Expression(offset)
{
    public override IEnumerable<Node> Children => [left, right];

    public override void Bind(in Binding binding)
    {
        left.Bind(binding);
        right.Bind(left is ConstantNode { Value.IsTruthy: true } ? binding.Softly() : binding);
    }

    public override Value Evaluate(Frame frame)
    {
        var value = left.Evaluate(frame);
        return value.IsTruthy ? value : right.Evaluate(frame);
    }
}

/// <summary><c>not a</c>.</summary>
internal sealed class NotNode(int offset, Expression operand) : Expression(offset)
{
    public override IEnumerable<Node> Children => [operand];

    public override Value Evaluate(Frame frame) => !operand.Evaluate(frame).IsTruthy;
}

/// <summary><c>a if test else b</c>; without <c>else</c> the other case is undefined.</summary>
internal sealed class ConditionalNode(int offset, Expression test, Expression whenTrue, Expression? whenFalse) : Expression(offset)
{
    private static readonly Value NoElse =
        new UndefinedValue("the inline if-expression evaluated to false and no else section was defined");

    public override IEnumerable<Node> Children => new[] { test, whenTrue, whenFalse }.OfType<Node>();

    public override bool IsConstant => whenFalse is not null && base.IsConstant;

    public override void Bind(in Binding binding) => base.Bind(binding.Softly());

    public override Value Evaluate(Frame frame) =>
        test.Evaluate(frame).IsTruthy ? whenTrue.Evaluate(frame) : whenFalse?.Evaluate(frame) ?? NoElse;
}

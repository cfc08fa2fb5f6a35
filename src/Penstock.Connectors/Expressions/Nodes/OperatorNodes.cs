using System.Text;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary><c>a + b</c> and the like.</summary>
internal sealed class BinaryNode(int offset, BinaryOperator operation, Expression left, Expression right) : Expression(offset)
{
    public override IEnumerable<Node> Children => [left, right];

    public override Value Evaluate(Frame frame)
    {
        frame.Evaluation.Step();
        var first = left.Evaluate(frame);
        return Arithmetic.Apply(frame.Evaluation, operation, first, right.Evaluate(frame));
    }
}

/// <summary><c>-a</c>, <c>+a</c>.</summary>
internal sealed class SignNode(int offset, bool negative, Expression operand) : Expression(offset)
{
    public override IEnumerable<Node> Children => [operand];

    public override Value Evaluate(Frame frame) => Arithmetic.Sign(frame.Evaluation, operand.Evaluate(frame), negative);
}

/// <summary><c>a ~ b</c>: the texts of both.</summary>
internal sealed class ConcatenationNode(int offset, Expression[] items) : Expression(offset)
{
    public override IEnumerable<Node> Children => items;

    public override Value Evaluate(Frame frame)
    {
        var values = Array.ConvertAll(items, i => i.Evaluate(frame));
        var text = new StringBuilder();
        foreach (var value in values)
        {
            if (frame.Escapes)
                text.Append(Html.Escape(value));
            else
                ValueText.AppendText(text, value);
            frame.Evaluation.Growing(text.Length);
        }

        frame.Evaluation.Text(text.Length);
        return frame.Escapes ? new MarkupValue(text.ToString()) : text.ToString();
    }
}

/// <summary><c>a &lt; b &lt;= c</c>: each operand is evaluated once, and only as far as needed.</summary>
internal sealed class CompareNode(int offset, Expression first, KeyValuePair<CompareOperator, Expression>[] rest) : Expression(offset)
{
    public Expression First => first;

    public KeyValuePair<CompareOperator, Expression>[] Rest => rest;

    public override IEnumerable<Node> Children => [first, .. rest.Select(r => r.Value)];

    public override Value Evaluate(Frame frame)
    {
        frame.Evaluation.Step();
        var left = first.Evaluate(frame);
        foreach (var (operation, operand) in rest)
        {
            var right = operand.Evaluate(frame);
            if (!Comparison.Holds(frame.Evaluation, operation, left, right))
                return false;
            left = right;
        }

        return true;
    }
}

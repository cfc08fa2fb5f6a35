using Penstock.Connectors.Expressions.Attributes;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Nodes;

/// <summary><c>callee(arguments)</c>.</summary>
internal sealed class CallNode(int offset, Expression callee, ArgumentNodes arguments) : Expression(offset)
{
    public Expression Callee => callee;

    public ArgumentNodes Arguments => arguments;

    public override IEnumerable<Node> Children => [callee, .. arguments.Children];

    public override bool IsConstant => false;

    public override Value Evaluate(Frame frame) => Evaluate(frame, null);

    /// <summary>Calls with one more named argument: the caller of a call block.</summary>
    public Value Evaluate(Frame frame, CallableValue? caller)
    {
        frame.Evaluation.Step();
        // A method that is called right away needs no object of its own.
        if (caller is null && callee is AttributeNode access)
        {
            var target = access.Target.Evaluate(frame);
            return Access.FindMethod(target, access.Name) is { } method
                ? method.Call(frame.Evaluation, arguments.Evaluate(frame, target))
                : Invoke(frame, Access.Attribute(target, access.Name), null);
        }

        return Invoke(frame, callee.Evaluate(frame), caller);
    }

    private Value Invoke(Frame frame, in Value function, CallableValue? caller)
    {
        var given = arguments.Evaluate(frame);
        if (caller is not null)
            given = given with { Named = [.. given.Named, new("caller", caller)] };
        return Calls.Call(frame.Evaluation, function, given);
    }
}

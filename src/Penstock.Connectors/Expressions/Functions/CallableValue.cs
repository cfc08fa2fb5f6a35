using System.Text;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>Something that a template can call.</summary>
internal abstract class CallableValue : ObjectValue
{
    public override string TypeName => "function";

    public override bool IsTruthy => true;

    /// <summary>The name, as it prints.</summary>
    public abstract string Name { get; }

    public abstract Value Call(Evaluation evaluation, in Arguments arguments);

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append($"<function {Name}>");
}

/// <summary>A method of a value.</summary>
internal sealed class BoundMethod(Value self, NativeFunction method) : CallableValue
{
    public override string TypeName => "builtin_function_or_method";

    public override string Name => method.Name;

    public override Value Call(Evaluation evaluation, in Arguments arguments) => method.Call(evaluation, arguments.Behind(self));

    internal override void AppendRepr(StringBuilder target, int depth) =>
        target.Append($"<built-in method {Name} of {self.TypeName} object>");
}

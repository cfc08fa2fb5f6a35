using System.Text;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>A class: called, it makes an object.</summary>
internal sealed class ClassValue(string name, NativeFunction constructor) : CallableValue
{
    public override string TypeName => "type";

    public override string Name => name;

    public override Value Call(Evaluation evaluation, in Arguments arguments) => constructor.Call(evaluation, arguments);

    internal override void AppendRepr(StringBuilder target, int depth) => target.Append($"<class '{name}'>");
}

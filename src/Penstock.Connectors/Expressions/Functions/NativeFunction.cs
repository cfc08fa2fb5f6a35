using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>The body of a function: the arguments stand in the order of its parameters, one for each.</summary>
internal delegate Value NativeBody(Evaluation evaluation, Value[] arguments);

/// <summary>A function, a filter, a test or a method that is built in.</summary>
internal sealed class NativeFunction(string name, string parameters, NativeBody body) : CallableValue
{
    private readonly Signature _signature = Signature.Parse(name, parameters);

    public override string Name { get; } = name;

    public override Value Call(Evaluation evaluation, in Arguments arguments)
    {
        evaluation.Call();
        return body(evaluation, _signature.Bind(arguments));
    }
}

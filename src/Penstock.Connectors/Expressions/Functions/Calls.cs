using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Expressions.Functions;

/// <summary>Calls whatever value stands where a function should.</summary>
internal static class Calls
{
    public static Value Call(Evaluation evaluation, in Value function, in Arguments arguments)
    {
        if (function.AsObject is UndefinedValue undefined)
            throw undefined.Error();
        if (function.AsObject is not CallableValue callable)
            throw ValueException.Type($"'{function.TypeName}' object is not callable");
        evaluation.Enter();
        try
        {
            return callable.Call(evaluation, arguments);
        }
        finally
        {
            evaluation.Leave();
        }
    }
}

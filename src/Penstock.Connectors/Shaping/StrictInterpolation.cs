using Penstock.Connectors.Expressions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Shaping;

/// <summary>
/// Evaluates templates as manifests do, but for a type error: there it gives the template's own text, which must not get into data.
/// </summary>
internal static class StrictInterpolation
{
    public static Value Evaluate(Template template, EvaluationContext variables)
    {
        Value value = Interpolation.Evaluate(template, null, ValidTypes.Any, variables, new DictValue());
        if (!template.IsConstant && value.AsText == template.Text)
            throw new ExpressionException(template.Text, ValueErrorKind.Type, "an operation doesn't go with the types of its values", 0);
        return value;
    }
}

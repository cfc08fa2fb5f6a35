using System.Text.Json;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Vectors;

/// <summary>A template and its context.</summary>
internal static class ExpressionVector
{
    public static Value Evaluate(DictValue vector, TimeProvider time)
    {
        var given = vector.Find("context").AsDict ?? new DictValue();
        var context = VectorContext.Build(given, vector.Find("extra_functions"), time);
        var template = vector.Find("template").AsText ?? throw new JsonException("a vector must have a template");
        var parameters = given.Find(VariableNames.Parameters);
        if (vector.Find("kind").AsText == "boolean")
            return new InterpolatedBoolean(template, parameters).Evaluate(context);
        var types = VectorContext.ReadTypes(vector.Find("valid_types"));
        var byDefault = vector.Find("default").AsText;
        return vector.Find("default_is_template").IsTruthy || byDefault is not null
            ? new InterpolatedString(template, parameters, byDefault, types).Evaluate(context)
            : Interpolation.Evaluate(Template.Parse(template), null, types, context, parameters.IsNone ? new DictValue() : parameters);
    }
}

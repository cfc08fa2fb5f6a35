using System.Text.Json;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Expressions.Vectors;

/// <summary>
/// Evaluates one line of a vector file: a JSON object with a template and a context in, a JSON object with the value or the
/// error out. It lets any other implementation of the language be compared with this one.
/// </summary>
public static class VectorEvaluator
{
    /// <summary>Evaluates a line.</summary>
    /// <param name="line">
    /// <c>id</c>, <c>template</c>, <c>kind</c> (<c>string</c> or <c>boolean</c>), <c>context</c>, and optionally
    /// <c>valid_types</c>, <c>default</c>, <c>default_is_template</c>, <c>extra_functions</c>.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <returns><c>{"id","value","type"?}</c> or <c>{"id","error"}</c>, where the error is the family's name.</returns>
    /// <exception cref="JsonException">The line isn't a JSON object with a template.</exception>
    public static string Evaluate(string line, TimeProvider time)
    {
        var vector = ValueJsonReader.Read(line).AsDict ?? throw new JsonException("a vector must be a JSON object");
        var answer = new DictValue([new("id", vector.Find("id"))]);
        try
        {
            var (value, type) = VectorEncoding.Encode(Evaluate(vector, time));
            answer["value"] = value;
            if (type is not null)
                answer["type"] = type;
        }
        catch (ExpressionException failed)
        {
            answer["error"] = VectorEncoding.ErrorName(failed.Kind);
        }
        catch (ValueException failed)
        {
            answer["error"] = VectorEncoding.ErrorName(failed.Kind);
        }

        return ValueJsonWriter.ToText(answer);
    }

    private static Value Evaluate(DictValue vector, TimeProvider time)
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
            : Running.Interpolation.Evaluate(Template.Parse(template), null, types, context, parameters.IsNone ? new DictValue() : parameters);
    }
}

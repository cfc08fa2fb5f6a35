using System.Text.Json;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Vectors;

/// <summary>
/// Evaluates one line of a vector file: a JSON object with a template and a context, or with an operation on datetimes, in; a
/// JSON object with the value or the error out. It lets any other implementation be compared with this one.
/// </summary>
public static class VectorEvaluator
{
    /// <summary>Evaluates a line.</summary>
    /// <param name="line">
    /// <c>id</c>, and for expressions <c>template</c>, <c>kind</c> (<c>string</c> or <c>boolean</c>), <c>context</c>, and
    /// optionally <c>valid_types</c>, <c>default</c>, <c>default_is_template</c>, <c>extra_functions</c>; for datetimes <c>op</c>
    /// (<c>parse</c>, <c>format</c>, <c>parse_any</c>, <c>reformat</c>, <c>min_max</c>, <c>duration</c>, <c>add</c>,
    /// <c>subtract</c>, <c>slices</c>) and what the operation takes.
    /// </param>
    /// <param name="time">The clock.</param>
    /// <returns><c>{"id","value","type"?}</c> or <c>{"id","error"}</c>, where the error is the family's name.</returns>
    /// <exception cref="JsonException">The line isn't such an object.</exception>
    public static string Evaluate(string line, TimeProvider time)
    {
        var vector = ValueJsonReader.Read(line).AsDict ?? throw new JsonException("a vector must be a JSON object");
        var answer = new DictValue([new("id", vector.Find("id"))]);
        try
        {
            var (value, type) = VectorEncoding.Encode(
                vector.Find("op").AsText is { } operation ? DatetimeVector.Evaluate(operation, vector, time) : ExpressionVector.Evaluate(vector, time));
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
        catch (SourceFaultException)
        {
            answer["error"] = VectorEncoding.ErrorName(ValueErrorKind.Value);
        }

        return ValueJsonWriter.ToText(answer);
    }

    /// <summary>A value in JSON as answers have it, and its type where JSON can't tell.</summary>
    /// <param name="value">The value.</param>
    public static (string Json, string? Type) Describe(Value value)
    {
        var (encoded, type) = VectorEncoding.Encode(value);
        return (ValueJsonWriter.ToText(encoded), type);
    }
}

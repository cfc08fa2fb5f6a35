using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary><c>AddFields</c>: fields with values from templates.</summary>
internal sealed class AddFields : ITransformation
{
    private readonly List<AddedField> _fields;
    private readonly InterpolatedBoolean? _condition;

    private sealed record AddedField(IReadOnlyList<string> Path, InterpolatedString Value);

    private AddFields(List<AddedField> fields, InterpolatedBoolean? condition)
    {
        _fields = fields;
        _condition = condition;
    }

    public static AddFields Read(ManifestNode node) => new([.. node.List("fields").Select(ReadField).OfType<AddedField>()], node.Condition("condition"));

    public void Apply(DictValue record, EvaluationContext variables)
    {
        foreach (var field in _fields)
        {
            var value = field.Value.Evaluate(variables);
            if (_condition is null || _condition.Evaluate(variables.Inner().Set("value", value).Set("path", PathOf(field))))
            {
                Dpath.Set(record, field.Path, value);
            }
        }
    }

    private static ListValue PathOf(AddedField field) => new(field.Path.Select(segment => Value.Of(segment)));

    private static AddedField? ReadField(ManifestNode node)
    {
        var path = node.List("path").Select(segment => segment.Scalar.ToString()).ToList();
        if (path.Count == 0)
        {
            node.Error("The added field has no path.", "Give path: a list of keys.");
            return null;
        }

        ValidTypes? types = node.Text("value_type") switch
        {
            null => ValidTypes.Any,
            "string" => ValidTypes.Str,
            "number" => ValidTypes.Float,
            "integer" => ValidTypes.Int,
            "boolean" => ValidTypes.Bool,
            _ => null,
        };
        if (types is null)
        {
            node.Error("The added field's value_type is unknown.", "Use string, number, integer or boolean.");
        }

        return node.Template("value", types: types ?? ValidTypes.Any) is { } value ? new AddedField(path, value) : null;
    }
}

using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Records.Transformations;

/// <summary><c>AddFields</c>: fields with values from templates.</summary>
internal sealed class AddFields : ITransformation
{
    private AddFields(IReadOnlyList<AddedField> fields, InterpolatedBoolean? condition)
    {
        Fields = fields;
        Condition = condition;
    }

    /// <summary>The fields, in order: a later one sees an earlier one.</summary>
    public IReadOnlyList<AddedField> Fields { get; }

    /// <summary>Whether a field is added; null for always.</summary>
    public InterpolatedBoolean? Condition { get; }

    public static AddFields Read(ManifestNode node) => new([.. node.List("fields").Select(ReadField).OfType<AddedField>()], node.Condition("condition"));

    public void Apply(DictValue record, EvaluationContext variables)
    {
        foreach (var field in Fields)
        {
            if (TryEvaluate(field, variables, out var value))
            {
                Dpath.Set(record, field.Path, value);
            }
        }
    }

    /// <summary>Evaluates a field; false if it isn't to be added.</summary>
    public bool TryEvaluate(AddedField field, EvaluationContext variables, out Value value)
    {
        value = field.Value.Evaluate(variables);
        return Condition is null || Condition.Evaluate(variables.Inner().Set("value", value).Set("path", PathOf(field)));
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

/// <summary>One field of <c>AddFields</c>.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Value">What it holds.</param>
internal sealed record AddedField(IReadOnlyList<string> Path, InterpolatedString Value);

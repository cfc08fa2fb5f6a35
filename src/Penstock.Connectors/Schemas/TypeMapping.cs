using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Schemas;

/// <summary>A SchemaTypeIdentifier's <c>types_mapping</c>: the source's names of types, as Airbyte's.</summary>
internal sealed class TypeMapping
{
    private readonly List<(Value Current, ManifestNode Target, InterpolatedBoolean? Condition)> _maps = [];

    public TypeMapping(ManifestNode identifier)
    {
        foreach (var map in identifier.List("types_mapping"))
        {
            if (map.Field("target_type") is { } target) _maps.Add((map.ValueOf("current_type"), target, map.Condition("condition")));
        }
    }

    /// <summary>The schema of a field.</summary>
    /// <param name="type">The source's type.</param>
    /// <param name="definition">What the source tells of the field.</param>
    /// <param name="context">The config.</param>
    public Value Schema(Value type, Value definition, EvaluationContext context)
    {
        var scope = context.Inner().Set("raw_schema", definition);
        var target = _maps.Find(map => type == map.Current && map.Condition?.Evaluate(scope) != false).Target;
        return target is null ? Schema(type) : target.Kind == NodeKind.Mapping ? Complex(target) : Schema(target.ToValue());
    }

    private static Value Schema(Value type)
    {
        if (type.AsText is { } one) return One(one);
        if (type.AsList?.Elements is [var first, var second] && first.AsText is { } a && second.AsText is { } b)
            return new DictValue { ["oneOf"] = new ListValue([One(a), One(b)]) };
        throw SourceFaultException.Config("A field's type in the dynamic schema is neither a type nor two of them. Map it in types_mapping.");
    }

    private static DictValue Complex(ManifestNode type)
    {
        var schema = One(type.RequiredText("field_type"));
        if (type.Field("items") is { } items) schema["items"] = items.Kind == NodeKind.Mapping ? Complex(items) : One(items.Scalar.ToString());
        return schema;
    }

    private static DictValue One(string type) =>
        AirbyteTypes.Find(type) ?? throw SourceFaultException.Config($"The type '{type}' of the dynamic schema isn't one of Airbyte's. Map it in types_mapping.");
}

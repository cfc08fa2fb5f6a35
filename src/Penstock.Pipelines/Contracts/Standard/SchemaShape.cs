using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>Schema objects and their properties.</summary>
internal static partial class SchemaShape
{
    private static readonly Shape Reference = new EitherShape(Referring(), new ListShape(Referring(), least: 1));

    private static readonly MapShape Relationship = new MapShape()
        .With("type", TextShape.OneOf("foreignKey"))
        .With("to", Reference)
        .With("customProperties", Common.CustomProperties)
        .Requires("to");

    private static readonly MapShape ObjectRelationship = new MapShape()
        .Also(Relationship).With("from", Reference).Requires("from")
        .Rule((map, path, problems) =>
        {
            if (map.Find("from") is { } from && map.Find("to") is { } to && from is YamlList != to is YamlList)
                problems.Add(map.Line, path, "'from' and 'to' must both be texts, or both lists.", "Write as many columns on both sides.");
        });

    private static readonly MapShape Element = new MapShape()
        .With("id", Common.StableId)
        .With(Common.Text, "name", "physicalType", "description", "businessName")
        .With("authoritativeDefinitions", Common.AuthoritativeDefinitions)
        .With("tags", Common.Texts)
        .With("customProperties", Common.CustomProperties);

    // A property holds properties: its shape is made before they are added.
    private static readonly MapShape Base = new MapShape()
        .Also(Element)
        .With("logicalType", TextShape.OneOf("string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean"))
        .With(Common.Boolean, "primaryKey", "required", "unique", "partitioned", "criticalDataElement")
        .With(Common.Whole, "primaryKeyPosition", "partitionKeyPosition")
        .With(Common.Text, "physicalName", "classification", "encryptedName", "transformLogic", "transformDescription")
        .With("transformSourceObjects", Common.Texts)
        .With("examples", new ListShape(Common.Any))
        .With("relationships", new ListShape(Relationship))
        .With("quality", new ListShape(QualityShape.Rule))
        .Also(Inside)
        .Also(map => new MapShape().With("logicalTypeOptions", OptionShape.For(map)));

    public static readonly MapShape Property = new MapShape().Also(Base).Requires("name");

    public static readonly MapShape Object = new MapShape()
        .Also(Element)
        .With("logicalType", TextShape.OneOf("object"))
        .With(Common.Text, "physicalName", "dataGranularityDescription")
        .With("properties", new ListShape(Property))
        .With("relationships", new ListShape(ObjectRelationship))
        .With("quality", new ListShape(QualityShape.Rule))
        .Requires("name");

    // Without a logical type both may be there, as in the standard's JSON Schema.
    private static MapShape Inside(YamlMap map)
    {
        var inside = new MapShape();
        if (OptionShape.TypeOf(map) is null or "object")
            inside.With("properties", new ListShape(Property));
        if (OptionShape.TypeOf(map) is null or "array")
            inside.With("items", Base);
        return inside;
    }

    private static TextShape Referring() => TextShape.Of(
        "a reference such as customers.id", text => Shorthand().IsMatch(text) || FullyQualified().IsMatch(text));

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex Shorthand();

    [GeneratedRegex(@"^((https?://)?[A-Za-z0-9._/-]+\.yaml#)?/?[A-Za-z_][A-Za-z0-9_]*/[A-Za-z0-9_-]+(/[A-Za-z_][A-Za-z0-9_]*/[A-Za-z0-9_-]+)*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex FullyQualified();
}

using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>The <c>logicalTypeOptions</c> of each logical type.</summary>
internal static class OptionShape
{
    private static readonly MapShape None = new MapShape().Rule((map, path, problems) =>
    {
        if (map.Entries.Count > 0)
            problems.Add(map.Line, path, "Options need a logical type: which there may be depends on it.", "Add logicalType beside them.");
    }).Open();

    private static readonly MapShape Moment = new MapShape()
        .With(Common.Text, "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum");

    private static readonly MapShape Number = new MapShape()
        .With(Common.Number, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
        .With("multipleOf", new NumberShape(above: 0));

    private static readonly MapShape Zoned = new MapShape().Also(Moment).With("timezone", Common.Boolean).With("defaultTimezone", Common.Text);

    private static readonly Dictionary<string, Shape> OfTypes = new()
    {
        ["string"] = new MapShape().With(Common.Count, "minLength", "maxLength").With(Common.Text, "pattern", "format"),
        ["date"] = Moment,
        ["timestamp"] = Zoned,
        ["time"] = Zoned,
        ["integer"] = new MapShape().Also(Number)
            .With("format", TextShape.OneOf("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128")),
        ["number"] = new MapShape().Also(Number).With("format", TextShape.OneOf("f32", "f64")),
        ["object"] = new MapShape().With(Common.Count, "minProperties", "maxProperties")
            .With("required", new ListShape(Common.Text, least: 1, unique: true)),
        ["array"] = new MapShape().With(Common.Count, "minItems", "maxItems").With("uniqueItems", Common.Boolean),
    };

    /// <summary>The options of a property's logical type.</summary>
    public static Shape For(YamlMap property) =>
        TypeOf(property) is not { } type ? None : OfTypes.TryGetValue(type, out Shape? shape) ? shape : new OpenShape();

    /// <summary>The logical type as it is written; null if none is.</summary>
    public static string? TypeOf(YamlMap property) => (property.Find("logicalType") as YamlScalar)?.Text;
}

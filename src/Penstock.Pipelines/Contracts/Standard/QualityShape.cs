using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Contracts.Standard;

/// <summary>Quality rules.</summary>
internal static class QualityShape
{
    /// <summary>The comparisons; a rule of the library or in SQL has exactly one.</summary>
    public static readonly IReadOnlyList<string> Operators =
    [
        "mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo", "mustBeBetween", "mustNotBeBetween",
    ];

    private static readonly MapShape Comparison = new MapShape()
        .With(Common.Any, "mustBe", "mustNotBe")
        .With(Common.Number, "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo")
        .With(new ListShape(Common.Number, least: 2, most: 2, unique: true), "mustBeBetween", "mustNotBeBetween")
        .Rule((map, path, problems) =>
        {
            string[] there = [.. Operators.Where(name => map.Find(name) is not null)];
            if (there.Length == 0)
                problems.Add(map.Line, path, "The rule says nothing about its figure.", "Add one comparison, for example mustBe: 0.");
            if (there.Length > 1)
                problems.Add(map.Line, path, $"The rule has {there.Length} comparisons: {string.Join(", ", there)}.", "Keep one, or write a rule for each.");
        });

    private static readonly MapShape Library = new MapShape()
        .Also(Comparison)
        .With("metric", TextShape.OneOf("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"))
        .With("rule", Common.Text)
        .With("arguments", new OpenShape())
        .Requires("metric");

    private static readonly MapShape Sql = new MapShape().Also(Comparison).With("query", Common.Text).Requires("query");

    private static readonly MapShape Custom = new MapShape()
        .With("engine", Common.Text).With("implementation", new EitherShape(Common.Text, new OpenShape())).Requires("engine", "implementation");

    public static readonly MapShape Rule = new MapShape()
        .With("id", Common.StableId)
        .With("authoritativeDefinitions", Common.AuthoritativeDefinitions)
        .With(Common.Text, "businessImpact", "description", "method", "name", "schedule", "scheduler", "severity", "unit")
        .With("customProperties", Common.CustomProperties)
        .With("dimension", TextShape.OneOf("accuracy", "completeness", "conformity", "consistency", "coverage", "timeliness", "uniqueness"))
        .With("tags", Common.Texts)
        .With("type", TextShape.OneOf("text", "library", "sql", "custom"))
        .Also(map => TypeOf(map) == "library" || IsText(map.Find("metric")) ? Library : null)
        .Also(map => TypeOf(map) == "sql" ? Sql : null)
        .Also(map => TypeOf(map) == "custom" ? Custom : null);

    private static string? TypeOf(YamlMap map) => (map.Find("type") as YamlScalar)?.Text;

    private static bool IsText(YamlNode? node) => node is not null && Common.Text.IsKind(node);
}

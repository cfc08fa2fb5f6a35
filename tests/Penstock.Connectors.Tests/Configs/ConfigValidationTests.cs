using Penstock.Connectors.Components;
using Penstock.Connectors.Configs;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests.Configs;

public class ConfigValidationTests
{
    [Theory]
    [InlineData("""{"ids":["a"]}""", null)]
    [InlineData("""{}""", null)]
    [InlineData("""{"ids":[7]}""", "ids.[0] must be string")]
    [InlineData("""{"ids":"[\"a\"]"}""", null)]
    [InlineData("""{"ids":"[7]"}""", "ids.[0] must be string")]
    [InlineData("""{"ids":"s3cret"}""", "ids must be a text that is JSON")]
    public void a_value_at_a_path_adheres_to_a_schema(string config, string? expected) =>
        Check("""{type: DpathValidator, field_path: [ids], validation_strategy: {type: ValidateAdheresToSchema, base_schema: {type: array, items: {type: string}}}}""", config, expected);

    [Theory]
    [InlineData("""{"accounts":[{"id":1},{"id":1.5}]}""", "accounts.*.id must be integer")]
    [InlineData("""{"accounts":[{"id":1}]}""", null)]
    public void every_value_that_matches_a_path_is_checked(string config, string? expected) =>
        Check("""{type: DpathValidator, field_path: [accounts, "*", id], validation_strategy: {type: ValidateAdheresToSchema, base_schema: {type: integer}}}""", config, expected);

    [Fact]
    public void a_predicate_checks_a_value_of_the_manifest() =>
        Check("""{type: PredicateValidator, value: {a: 1}, validation_strategy: {type: ValidateAdheresToSchema, base_schema: {required: [b]}}}""", "{}", "b is required");

    [Fact]
    public void a_strategy_of_ones_own_and_a_transformation_of_ones_own_are_used()
    {
        const string Rules = """
              transformations: [{type: CustomConfigTransformation, class_name: a.Region}]
              validations: [{type: DpathValidator, field_path: [region], validation_strategy: {type: CustomValidationStrategy, class_name: a.Known}}]
            """;
        var components = new ConnectorComponents([
            ComponentRegistration.Of<IConfigTransformation>("a.Region", _ => new Region()),
            ComponentRegistration.Of<IValidationStrategy>("a.Known", _ => new Known()),
        ]);
        Assert.Equal("config region: must be a region", Assert.Single(Problems(Rules, "{}", components)).ToString());
        var unknown = Assert.Single(Problems(Rules, "{}", ConnectorComponents.None), problem => problem.Message.Contains("a.Region", StringComparison.Ordinal));
        Assert.Contains("no stream of this connector can run", unknown.Message, StringComparison.Ordinal);
    }

    private static void Check(string rule, string config, string? expected)
    {
        var problems = Problems($"  validations: [{rule}]", config, ConnectorComponents.None);
        Assert.Equal(expected is null ? [] : [expected], problems.Select(problem => $"{problem.Path} {problem.Message}".Trim()));
    }

    private static IReadOnlyList<ConfigProblem> Problems(string rules, string config, ConnectorComponents components)
    {
        var yaml = """
            version: 6.0.0
            type: DeclarativeSource
            check: {type: CheckStream}
            streams: [{type: DeclarativeStream, name: a, retriever: {type: CustomRetriever, class_name: x.Y} }]
            spec:
              type: Spec
              connection_specification: {}
              config_normalization_rules:
                type: ConfigNormalizationRules

            """ + string.Join('\n', rules.Split('\n').Select(line => "    " + line.Trim()));
        var loaded = Assert.IsType<ConnectorLoaded>(Connector.Load(yaml, "m.yaml", components));
        return loaded.Connector.CheckConfig(System.Text.Encoding.UTF8.GetBytes(config), TimeProvider.System);
    }

    private sealed class Region : IConfigTransformation
    {
        public void Apply(DictValue config) => config["region"] = "nowhere";
    }

    private sealed class Known : IValidationStrategy
    {
        public IReadOnlyList<ConfigProblem> Check(Value value) => value == "eu" ? [] : [new ConfigProblem("", "must be a region")];
    }
}

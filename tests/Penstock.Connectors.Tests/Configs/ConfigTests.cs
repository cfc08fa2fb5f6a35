using Penstock.Connectors.Configs;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Tests.Configs;

public class ConfigTests
{
    [Theory]
    [InlineData("""{"type":"object","required":["a"]}""", "{}", "a is required")]
    [InlineData("""{"properties":{"a":{"type":["string","null"]}}}""", """{"a":1}""", "a must be string or null")]
    [InlineData("""{"properties":{"a":{"enum":["x","y"]}}}""", """{"a":"z"}""", "a must be one of \"x\", \"y\"")]
    [InlineData("""{"properties":{"a":{"type":"array","items":{"type":"integer"}}}}""", """{"a":[1,"2"]}""", "a[1] must be integer")]
    [InlineData("""{"properties":{"a":{"minimum":1,"maximum":3}}}""", """{"a":4}""", "a must be at most 3")]
    [InlineData("""{"additionalProperties":false,"properties":{}}""", """{"a":4}""", "a isn't a field of the specification")]
    [InlineData("""{"properties":{"c":{"oneOf":[{"required":["k"],"properties":{"t":{"const":"key"}}},{"required":["u"],"properties":{"t":{"const":"user"}}}]}}}""", """{"c":{"t":"user"}}""", "c.u is required")]
    [InlineData("""{"properties":{"a":{"const":1}}}""", """{"a":true}""", "a must be 1")]
    public void what_does_not_fit_is_told(string schema, string config, string expected) =>
        Assert.Contains(expected, ConfigValidator.Check(ValueJsonReader.Read(config), ValueJsonReader.Read(schema)).Select(problem => $"{problem.Path} {problem.Message}"));

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"number"},"b":{"type":"integer"}}}""", """{"a":1,"b":2.0}""")]
    [InlineData("""{"properties":{"a":{"pattern":"(?<broken"}}}""", """{"a":"x"}""")]
    [InlineData("{}", """{"anything":1}""")]
    public void what_fits_is_fine(string schema, string config) => Assert.Empty(ConfigValidator.Check(ValueJsonReader.Read(config), ValueJsonReader.Read(schema)));

    [Fact]
    public void old_configs_are_brought_into_todays_form_without_changing_the_given_one()
    {
        const string Rules = """
            config_normalization_rules:
              type: ConfigNormalizationRules
              config_migrations:
              - type: ConfigMigration
                transformations:
                - {type: ConfigAddFields, fields: [{path: [credentials, key], value: "{{ config['api_key'] }}"}], condition: "{{ 'api_key' in config }}"}
                - {type: ConfigRemoveFields, field_pointers: [[api_key], [not, there], []]}
              transformations:
              - {type: ConfigRemapField, field_path: [region], map: {EU: eu1}}
            """;
        var given = ValueJsonReader.Read("""{"api_key":"k","region":"EU"}""").AsDict!;
        var changed = ConfigNormalisation.Apply(given, Node(Rules), TimeProvider.System);
        Assert.Equal("""{"region":"eu1","credentials":{"key":"k"}}""", ValueJsonWriter.ToText(changed));
        Assert.Equal("""{"api_key":"k","region":"EU"}""", ValueJsonWriter.ToText(given));
    }

    [Fact]
    public void defaults_fill_what_is_absent_on_every_level()
    {
        var schema = ValueJsonReader.Read("""{"properties":{"a":{"default":1},"b":{"properties":{"c":{"default":2}}},"d":{"default":3}}}""");
        var filled = ConfigDefaults.Fill(ValueJsonReader.Read("""{"b":{},"d":null}""").AsDict!, schema);
        Assert.Equal("""{"b":{"c":2},"d":null,"a":1}""", ValueJsonWriter.ToText(filled));
    }

    private static ManifestNode Node(string spec)
    {
        var yaml = "version: 1.0.0\ncheck: {type: CheckStream}\nspec:\n  type: Spec\n  connection_specification: {}\n" + string.Concat(spec.Split('\n').Select(line => $"  {line}\n"));
        return ManifestLoader.Load(yaml, "m.yaml").Root!.Child("spec")!;
    }
}

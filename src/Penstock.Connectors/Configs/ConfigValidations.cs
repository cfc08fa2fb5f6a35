using System.Text.Json;
using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Configs;

/// <summary>A specification's <c>validations</c>: what it asks of a config beyond its JSON Schema.</summary>
internal static class ConfigValidations
{
    /// <summary>All problems of a config; none if it passes. What is wrong with a rule itself is reported to its node.</summary>
    public static IReadOnlyList<ConfigProblem> Check(DictValue config, ManifestNode? specification, TimeProvider time)
    {
        var rules = specification?.Child("config_normalization_rules")?.List("validations") ?? [];
        var context = new EvaluationContext(config, time);
        return [.. rules.SelectMany(rule => Check(config, rule, context))];
    }

    private static IEnumerable<ConfigProblem> Check(DictValue config, ManifestNode rule, EvaluationContext context)
    {
        if (rule.RequiredChild("validation_strategy") is not { } node || Strategy(node, context) is not { } strategy) return [];
        switch (rule.Type)
        {
            case "DpathValidator":
                // A path that the config lacks is nothing to validate.
                var path = rule.TemplateList("field_path").EvaluateTexts(new EvaluationContext(Value.None, context.Time));
                return Dpath.Values(config, path).SelectMany(value => strategy.Check(value).Select(problem => Under(string.Join('.', path), problem)));
            case "PredicateValidator":
                return strategy.Check(rule.ValueOf("value"));
            default:
                rule.Unsupported("DpathValidator", "PredicateValidator");
                return [];
        }
    }

    private static IValidationStrategy? Strategy(ManifestNode node, EvaluationContext context)
    {
        if (node.Type == "ValidateAdheresToSchema") return new AdheresToSchema(node.ValueOf("base_schema"));
        if (CustomComponent.Is(node)) return CustomComponent.Make<IValidationStrategy>(node, new ComponentParts(node, context));
        node.Unsupported("ValidateAdheresToSchema");
        return null;
    }

    private static ConfigProblem Under(string path, ConfigProblem problem) =>
        problem with { Path = problem.Path.Length == 0 ? path : $"{path}.{problem.Path}" };

    /// <summary><c>ValidateAdheresToSchema</c>: the value, or the JSON that it is the text of, fits a JSON Schema.</summary>
    private sealed class AdheresToSchema(Value schema) : IValidationStrategy
    {
        public IReadOnlyList<ConfigProblem> Check(Value value)
        {
            if (value.AsText is not { } text) return ConfigValidator.Check(value, schema);
            try
            {
                return ConfigValidator.Check(ValueJsonReader.Read(text), schema);
            }
            catch (JsonException)
            {
                return [new ConfigProblem("", "must be a text that is JSON")];
            }
        }
    }
}

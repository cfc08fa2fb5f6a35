using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Expressions.Running;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Configs;

/// <summary>
/// A specification's <c>config_normalization_rules</c>: migrations and transformations that bring configs of older versions
/// into today's form.
/// </summary>
internal static class ConfigNormalisation
{
    /// <summary>Applies the rules to a copy; what can't work is reported.</summary>
    public static DictValue Apply(DictValue config, ManifestNode? specification, TimeProvider time)
    {
        if (specification?.Child("config_normalization_rules") is not { } rules) return config;
        var changed = PlainValues.Copy(config).AsDict!;
        var transformations = rules.List("config_migrations").SelectMany(migration => migration.List("transformations")).Concat(rules.List("transformations"));
        foreach (var transformation in transformations) Transform(changed, transformation, new EvaluationContext(changed, time));
        return changed;
    }

    private static void Transform(DictValue config, ManifestNode node, EvaluationContext context)
    {
        switch (node.Type)
        {
            case "ConfigAddFields":
                AddFields(config, node, context);
                break;
            case "ConfigRemoveFields":
                if (node.Condition("condition") is { } condition && !condition.Evaluate(context)) return;
                foreach (var pointer in node.List("field_pointers")) DpathDelete.Delete(config, [.. pointer.Items.Select(item => item.Scalar.ToString())]);
                break;
            case "ConfigRemapField":
                Remap(config, node, context);
                break;
            case var _ when CustomComponent.Is(node):
                CustomComponent.Make<IConfigTransformation>(node, new ComponentParts(node, context))?.Apply(config);
                break;
            default:
                node.Unsupported("ConfigAddFields", "ConfigRemoveFields", "ConfigRemapField");
                break;
        }
    }

    private static void AddFields(DictValue config, ManifestNode node, EvaluationContext context)
    {
        var condition = node.Condition("condition");
        foreach (var field in node.List("fields"))
        {
            var types = ValueTypes.Of(field.Text("value_type"));
            if (field.Template("value", types: types) is not { } template) continue;
            string[] path = [.. field.List("path").Select(item => item.Scalar.ToString())];
            var value = template.Evaluate(context);
            var scope = context.Inner().Set("value", value).Set("path", new ListValue(path.Select(part => (Value)part)));
            if (path.Length > 0 && (condition is null || condition.Evaluate(scope))) Dpath.Set(config, path, value);
        }
    }

    private static void Remap(DictValue config, ManifestNode node, EvaluationContext context)
    {
        string[] path = [.. node.TemplateList("field_path").EvaluateTexts(context)];
        if (path.Length == 0 || node.Mapping("map")?.Evaluate(context) is not { } map) return;
        var owner = config;
        foreach (var part in path[..^1])
        {
            if (owner.Find(part).AsDict is not { } next) return;
            owner = next;
        }

        if (owner.TryGet(path[^1], out var value) && value.AsText is not null && map.Entries.TryGetValue(value, out var mapped)) owner[path[^1]] = mapped;
    }
}

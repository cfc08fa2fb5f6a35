using Penstock.Connectors.Configs;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.DynamicStreams;

/// <summary>A ComponentMappingDefinition: sets one place of a stream's template, or all places that match its path.</summary>
internal sealed class ComponentMapping
{
    private readonly IReadOnlyList<InterpolatedString> _path;
    private readonly InterpolatedString _value;
    private readonly InterpolatedBoolean? _condition;
    private readonly ValidTypes _types;
    private readonly bool _parsesYaml;
    private readonly bool _creates;

    private ComponentMapping(ManifestNode node, bool parsesYaml)
    {
        _types = ValueTypes.Of(node.Text("value_type"));
        _path = node.TemplateList("field_path");
        _value = node.Template("value", types: _types) ?? new InterpolatedString("");
        _condition = parsesYaml ? node.Condition("condition") : null;
        _parsesYaml = parsesYaml && _types != ValidTypes.Str;
        _creates = parsesYaml && node.Flag("create_or_update");
    }

    /// <summary>Reads a resolver's mappings. Those of configs may give YAML and create places; those of HTTP answers may not.</summary>
    public static IReadOnlyList<ComponentMapping> ReadAll(ManifestNode resolver, bool parsesYaml) =>
        [.. resolver.List("components_mapping").Select(node => new ComponentMapping(node, parsesYaml))];

    /// <summary>Applies the mapping to a template's copy.</summary>
    public void Apply(DictValue template, EvaluationContext context)
    {
        if (_condition?.Evaluate(context) == false) return;
        var value = _value.Evaluate(context);
        if (_parsesYaml && value.AsText is { } text) value = Parsed(text);
        var path = _path.EvaluateTexts(context);
        if (path.Count > 0 && !SetExisting(template, path, 0, value) && _creates && value.IsTruthy) Dpath.Set(template, path, value);
    }

    // A value may be a piece of a manifest. What isn't YAML is a text.
    private static Value Parsed(string text)
    {
        var problems = new BuildProblems();
        return YamlReader.Read(text, "", problems) is { } node && !problems.HasErrors ? SourceValues.ToValue(node) : text.Trim().Length == 0 ? Value.None : text;
    }

    private static bool SetExisting(Value node, IReadOnlyList<string> path, int depth, Value value)
    {
        var isSet = false;
        var isLast = depth == path.Count - 1;
        if (path[depth] == "**" && !isLast) isSet |= SetExisting(node, path, depth + 1, value);
        foreach (var (key, child) in Dpath.Children(node).ToList())
        {
            if (path[depth] == "**") isSet |= SetExisting(child, path, depth, value);
            else if (!Dpath.Matches(key, path[depth], node)) continue;
            else if (!isLast) isSet |= SetExisting(child, path, depth + 1, value);
            else isSet = Put(node, key, value);
        }

        return isSet;
    }

    private static bool Put(Value node, Value key, Value value)
    {
        if (node.AsDict is { } dict) dict[key] = value;
        else if (key.TryGetInt64(out var index)) node.AsList!.Elements[(int)index] = value;
        return true;
    }
}

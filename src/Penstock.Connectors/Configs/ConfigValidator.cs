using System.Text.RegularExpressions;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Configs;

/// <summary>
/// Checks a config against a <c>connection_specification</c>: JSON Schema draft 7's type, required, properties,
/// additionalProperties, items, enum, const, pattern, lengths, minimum, maximum, oneOf and anyOf; other keywords are not looked at.
/// </summary>
internal sealed class ConfigValidator
{
    private const int MostProblems = 100;
    private readonly List<ConfigProblem> _problems = [];

    private ConfigValidator()
    {
    }

    /// <summary>All problems; none if the config fits.</summary>
    public static IReadOnlyList<ConfigProblem> Check(Value config, Value specification)
    {
        var validator = new ConfigValidator();
        validator.Check(config, specification.AsDict, "");
        return validator._problems;
    }

    private void Check(Value value, DictValue? schema, string path)
    {
        if (schema is null || _problems.Count >= MostProblems) return;
        if (!Types(schema).Any(type => Is(value, type)) && Types(schema).Count > 0)
        {
            Add(path, $"must be {string.Join(" or ", Types(schema))}");
            return;
        }

        CheckValue(value, schema, path);
        if (value.AsDict is { } dict) CheckFields(dict, schema, path);
        if (value.AsList is { } list && schema.Find("items").AsDict is { } items)
        {
            for (var i = 0; i < list.Elements.Count; i++) Check(list.Elements[i], items, $"{path}[{i}]");
        }

        CheckAlternatives(value, schema, path);
    }

    private void CheckFields(DictValue dict, DictValue schema, string path)
    {
        foreach (var name in schema.Find("required").AsList?.Elements ?? [])
            if (!dict.Entries.ContainsKey(name)) Add(Join(path, name.ToString()), "is required");
        var properties = schema.Find("properties").AsDict;
        foreach (var (key, field) in dict.Entries)
        {
            if (properties?.Entries.TryGetValue(key, out var known) == true) Check(field, known.AsDict, Join(path, key.ToString()));
            else if (schema.Find("additionalProperties").TryGetBool(out var allowed) && !allowed && !schema.TryGet("patternProperties", out _))
                Add(Join(path, key.ToString()), "isn't a field of the specification");
        }
    }

    private void CheckValue(Value value, DictValue schema, string path)
    {
        if (schema.TryGet("const", out var constant) && !Same(value, constant)) Add(path, $"must be {ValueJsonWriter.ToText(constant)}");
        if (schema.Find("enum").AsList is { } choices && !choices.Elements.Any(choice => Same(value, choice)))
            Add(path, $"must be one of {string.Join(", ", choices.Elements.Select(choice => ValueJsonWriter.ToText(choice)))}");
        if (value.AsText is { } text) CheckText(text, schema, path);
        if (Number(value) is { } number)
        {
            if (Number(schema.Find("minimum")) is { } minimum && number < minimum) Add(path, $"must be at least {minimum}");
            if (Number(schema.Find("maximum")) is { } maximum && number > maximum) Add(path, $"must be at most {maximum}");
        }
    }

    private void CheckText(string text, DictValue schema, string path)
    {
        if (Number(schema.Find("minLength")) is { } least && text.Length < least) Add(path, $"must have at least {least} characters");
        if (Number(schema.Find("maxLength")) is { } most && text.Length > most) Add(path, $"must have at most {most} characters");
        if (schema.Find("pattern").AsText is { } pattern && !Matches(text, pattern))
            Add(path, $"must match the pattern {pattern}" + (schema.Find("pattern_descriptor").AsText is { } descriptor ? $" ({descriptor})" : ""));
    }

    private void CheckAlternatives(Value value, DictValue schema, string path)
    {
        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            if (schema.Find(keyword).AsList is not { Elements.Count: > 0 } alternatives) continue;
            var attempts = alternatives.Elements.Select(alternative => Check(value, alternative)).ToList();
            if (attempts.Any(problems => problems.Count == 0)) continue;
            // The alternative that fits best is the one that was meant.
            foreach (var problem in attempts.MinBy(problems => problems.Count(problem => problem.Message.StartsWith("must be \"", StringComparison.Ordinal)) * 1000 + problems.Count)!)
                Add(Join(path, problem.Path), problem.Message);
        }
    }

    private void Add(string path, string message) => _problems.Add(new(path, message));

    private static List<string> Types(DictValue schema) =>
        schema.Find("type") is { AsList: { } several } ? several.Elements.ConvertAll(type => type.ToString()) : schema.Find("type").AsText is { } one ? [one] : [];

    private static bool Is(Value value, string type) => type switch
    {
        "string" => value.AsText is not null,
        "integer" => value.TryGetInteger(out _) || (value.TryGetFloat(out var number) && number == Math.Floor(number)),
        "number" => value.TryGetInteger(out _) || value.TryGetFloat(out _),
        "boolean" => value.TryGetBool(out _),
        "object" => value.AsDict is not null,
        "array" => value.AsList is not null,
        "null" => value.IsNone,
        _ => true,
    };

    private static double? Number(Value value) =>
        value.TryGetInteger(out var whole) ? (double)whole : value.TryGetFloat(out var number) ? number : null;

    // Python's True == 1 isn't JSON Schema's.
    private static bool Same(Value one, Value other) => one == other && one.TryGetBool(out _) == other.TryGetBool(out _);

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, MatchTime.Longest);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern that .NET doesn't know says nothing about the config.
            return true;
        }
    }

    private static string Join(string path, string field) => path.Length == 0 ? field : field.Length == 0 ? path : $"{path}.{field}";
}

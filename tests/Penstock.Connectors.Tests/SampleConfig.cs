using Penstock.Connectors.Values;

namespace Penstock.Connectors.Tests;

/// <summary>Makes up a config that a specification accepts: defaults, examples, choices, or something of the right type.</summary>
internal static class SampleConfig
{
    public static DictValue Of(Value specification) => Object(specification.AsDict ?? new DictValue());

    private static DictValue Object(DictValue schema)
    {
        var config = new DictValue();
        var required = schema.Find("required").AsList?.Elements.ConvertAll(name => name.ToString()) ?? [];
        foreach (var (key, property) in schema.Find("properties").AsDict?.Entries ?? [])
            if (property.AsDict is { } known && (required.Contains(key.ToString()) || known.TryGet("const", out _) || known.TryGet("default", out _) || known.Find("type").AsText == "boolean")) config[key] = Any(known);
        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            if (schema.Find(keyword).AsList?.Elements is [var first, ..] && first.AsDict is { } choice)
                foreach (var (key, value) in Object(choice).Entries) config[key] = value;
        }

        return config;
    }

    private static Value Any(DictValue schema)
    {
        if (schema.TryGet("const", out var constant)) return constant;
        if (schema.TryGet("default", out var given) && !given.TryGetBool(out _)) return given;
        if (schema.Find("enum").AsList?.Elements is [var choice, ..]) return choice;
        var type = schema.Find("type") is { AsList.Elements: [.., var last] } ? last.AsText : schema.Find("type").AsText;
        if (schema.Find("examples").AsList?.Elements.Find(example => Fits(example, type, schema)) is { IsNone: false } example) return example;
        return type switch
        {
            "object" => Object(schema),
            "array" => new ListValue(schema.Find("items").AsDict is { } items ? [Any(items)] : []),
            "integer" or "number" => schema.Find("minimum").TryGetInt64(out var least) ? least : 1L,
            "boolean" => true,
            null when schema.TryGet("oneOf", out _) => Object(schema),
            _ => Text(schema),
        };
    }

    private static Value Text(DictValue schema) => schema.Find("format").AsText switch
    {
        "date" => "2024-01-01",
        "date-time" => "2024-01-01T00:00:00Z",
        _ => Texts.FirstOrDefault(text => Matches(text, schema), "sample"),
    };

    private static readonly string[] Texts = ["sample", "2024-01-01", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000Z", "2024-01-01 00:00:00", "1", "1704067200", "https://example.com", "example.com", "00000000-0000-0000-0000-000000000000"];

    private static bool Fits(Value example, string? type, DictValue schema) => type switch
    {
        "string" => example.AsText is { } text && Matches(text, schema),
        "integer" or "number" => example.TryGetInteger(out _) || example.TryGetFloat(out _),
        "array" => example.AsList is not null,
        "object" => example.AsDict is not null,
        _ => true,
    };

    private static bool Matches(string text, DictValue schema) =>
        schema.Find("pattern").AsText is not { } pattern || System.Text.RegularExpressions.Regex.IsMatch(text, pattern, default, TimeSpan.FromSeconds(30));
}

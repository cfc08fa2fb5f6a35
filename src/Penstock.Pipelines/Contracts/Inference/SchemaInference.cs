using System.Text.Json;

namespace Penstock.Pipelines.Contracts.Inference;

/// <summary>What is to be written as a property of a contract.</summary>
/// <param name="Name">The name; empty for items.</param>
/// <param name="Type">The type; any if it isn't known, or there are several.</param>
internal sealed record InferredProperty(string Name, LogicalType Type)
{
    public bool Required { get; init; }

    public bool Unique { get; init; }

    public int? KeyPosition { get; init; }

    public string? Format { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<string> Choices { get; init; } = [];

    public IReadOnlyList<InferredProperty> Properties { get; init; } = [];

    public InferredProperty? Items { get; init; }
}

/// <summary>Makes properties of what was landed and of what the connector says of its stream.</summary>
internal static class SchemaInference
{
    // Fewer records prove neither that a column is always there, nor that it is unique.
    private const long EnoughRecords = 20;

    /// <summary>Makes the properties of an object.</summary>
    /// <param name="profile">What was landed.</param>
    /// <param name="schema">The connector's JSON Schema of the object; null if there is none.</param>
    /// <param name="key">The names of the key's columns.</param>
    public static IReadOnlyList<InferredProperty> Infer(ObjectProfile profile, JsonElement? schema, IReadOnlyList<string> key)
    {
        var properties = new List<InferredProperty>();
        foreach ((string name, ValueProfile value) in profile.Members.Where(member => member.Name != "_event"))
            properties.Add(Of(name, value, profile.Count, Member(schema, name), key));
        if (schema is { ValueKind: JsonValueKind.Object } && schema.Value.TryGetProperty("properties", out JsonElement declared) && declared.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in declared.EnumerateObject().Where(property => properties.All(one => one.Name != property.Name)))
                properties.Add(Of(property.Name, property.Value, key));
        }

        return properties;
    }

    private static InferredProperty Of(string name, ValueProfile value, long count, JsonElement? schema, IReadOnlyList<string> key)
    {
        int position = Position(key, name);
        InferredProperty? declared = schema is { } element ? Of(name, element, key) : null;
        LogicalType type = value.Type == LogicalType.Any && value.Values == 0 ? declared?.Type ?? LogicalType.Any : value.Type;
        // All values seen were whole, but the connector knows better.
        if (type == LogicalType.Integer && declared?.Type == LogicalType.Number)
            type = LogicalType.Number;
        bool isProven = count >= EnoughRecords;
        return new InferredProperty(name, type)
        {
            Required = position > 0 || (isProven && value.Present == count && value.Nulls == 0),
            Unique = (position == 1 && key.Count == 1) || (isProven && value.Values == count && !value.HasTwins && type is LogicalType.String or LogicalType.Integer && IsIdentifier(name)),
            KeyPosition = position > 0 ? position : null,
            Format = value.Format,
            Description = declared?.Description,
            Choices = value.Choices,
            Properties = type == LogicalType.Object ? Infer(value.Members, schema, []) : [],
            Items = type == LogicalType.Array && value.Items is { Present: > 0 } items ? Of("", items, items.Present, Items(schema), []) with { Unique = false } : null,
        };
    }

    private static InferredProperty Of(string name, JsonElement schema, IReadOnlyList<string> key)
    {
        int position = Position(key, name);
        string? format = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("format", out JsonElement written) ? written.ToString() : null;
        return new InferredProperty(name, TypeOf(schema, format))
        {
            Required = position > 0,
            Unique = position == 1 && key.Count == 1,
            KeyPosition = position > 0 ? position : null,
            Description = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("description", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null,
            Properties = TypeOf(schema, format) == LogicalType.Object ? Infer(new ObjectProfile(), schema, []) : [],
        };
    }

    private static LogicalType TypeOf(JsonElement schema, string? format)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out JsonElement type))
            return LogicalType.Any;
        string[] names = [.. (type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.ToString()) : [type.ToString()]).Where(one => one != "null")];
        return names switch
        {
            ["string"] => format switch { "date" => LogicalType.Date, "date-time" => LogicalType.Timestamp, "time" => LogicalType.Time, _ => LogicalType.String },
            ["integer"] => LogicalType.Integer,
            ["number"] or ["integer", "number"] or ["number", "integer"] => LogicalType.Number,
            ["boolean"] => LogicalType.Boolean,
            ["object"] => LogicalType.Object,
            ["array"] => LogicalType.Array,
            _ => LogicalType.Any,
        };
    }

    private static JsonElement? Member(JsonElement? schema, string name) =>
        schema is { ValueKind: JsonValueKind.Object } && schema.Value.TryGetProperty("properties", out JsonElement properties)
        && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out JsonElement member) ? member : null;

    private static JsonElement? Items(JsonElement? schema) =>
        schema is { ValueKind: JsonValueKind.Object } && schema.Value.TryGetProperty("items", out JsonElement items) ? items : null;

    private static int Position(IReadOnlyList<string> key, string name) => ((List<string>)[.. key]).IndexOf(name) + 1;

    // A thousand different amounts are no promise that they stay different; a thousand ids are.
    private static bool IsIdentifier(string name) =>
        name.Equals("id", StringComparison.OrdinalIgnoreCase) || name.EndsWith("id", StringComparison.Ordinal) || name.EndsWith("Id", StringComparison.Ordinal)
        || name.Contains("uuid", StringComparison.OrdinalIgnoreCase) || name.EndsWith("code", StringComparison.OrdinalIgnoreCase) || name.EndsWith("number", StringComparison.OrdinalIgnoreCase);
}

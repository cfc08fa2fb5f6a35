using System.Text.Json;
using Penstock.Pipelines.Contracts;

namespace Penstock.Pipelines.Lineage;

/// <summary>Reads the fields of a stream from its contract or from its connector's JSON Schema.</summary>
internal static class SchemaFields
{
    private const int MaxDepth = 12;

    public static IReadOnlyList<SchemaField> Of(IEnumerable<ContractProperty> properties) =>
        [.. properties.Select(property => new SchemaField(property.Name, Name(property.Type), Of(property.Items?.Properties ?? property.Properties))
        {
            Required = property.Required,
            Unique = property.Unique,
            Classification = property.Classification,
        })];

    /// <summary>What a JSON Schema declares; nothing if it can't be read.</summary>
    public static IReadOnlyList<SchemaField> Of(ReadOnlyMemory<byte> jsonSchema)
    {
        try
        {
            using JsonDocument schema = JsonDocument.Parse(jsonSchema);
            return Properties(schema.RootElement, 0);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static List<SchemaField> Properties(JsonElement schema, int depth)
    {
        if (depth > MaxDepth || schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out JsonElement properties) || properties.ValueKind != JsonValueKind.Object)
            return [];
        string[] required = schema.TryGetProperty("required", out JsonElement names) && names.ValueKind == JsonValueKind.Array
            ? [.. names.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : [];
        return [.. properties.EnumerateObject().Select(property => new SchemaField(property.Name, TypeOf(property.Value), Inner(property.Value, depth)) { Required = required.Contains(property.Name) })];
    }

    private static List<SchemaField> Inner(JsonElement schema, int depth) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("items", out JsonElement items) ? Properties(items, depth + 1) : Properties(schema, depth + 1);

    private static string TypeOf(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out JsonElement type))
            return "any";
        string name = type.ValueKind switch
        {
            JsonValueKind.String => type.GetString()!,
            JsonValueKind.Array => type.EnumerateArray().Select(one => one.GetString()).FirstOrDefault(one => one != "null") ?? "any",
            _ => "any",
        };
        string? format = schema.TryGetProperty("format", out JsonElement written) && written.ValueKind == JsonValueKind.String ? written.GetString() : null;
        return (name, format) switch
        {
            ("string", "date-time") => "timestamp",
            ("string", "date" or "time") => format,
            _ => name,
        };
    }

    private static string Name(LogicalType type) => type.ToString().ToLowerInvariant();
}

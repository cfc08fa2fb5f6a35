using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Penstock.Http.OpenApi;

/// <summary>The JSON Schemas of what the API reads and writes, made from the types that do it; each of our own types once.</summary>
internal sealed class OpenApiSchemas
{
    private const string ReferencePrefix = "#/components/schemas/";

    private readonly SortedDictionary<string, JsonNode> _components = new(StringComparer.Ordinal) { ["Problem"] = Problem() };

    /// <summary>A schema that refers to a type's component, which is added.</summary>
    public JsonObject Of(JsonTypeInfo type)
    {
        if (type.Type == typeof(System.Text.Json.JsonElement))
            return new JsonObject { ["type"] = "object" };
        string name = NameOf(type.Type);
        if (!_components.ContainsKey(name))
        {
            _components[name] = new JsonObject(); // Holds the place while its members are looked at.
            _components[name] = Export(type);
        }

        return new JsonObject { ["$ref"] = ReferencePrefix + name };
    }

    /// <summary>Every component that was referred to.</summary>
    public JsonObject Components() => new(_components.Select(component => KeyValuePair.Create(component.Key, (JsonNode?)component.Value)));

    private JsonNode Export(JsonTypeInfo type)
    {
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, schema) =>
                context.TypeInfo.Kind == JsonTypeInfoKind.Object && context.TypeInfo.Type != type.Type && IsOurs(context.TypeInfo.Type)
                    ? Of(context.TypeInfo)
                    : Plain(schema, context.TypeInfo),
        };
        return type.GetJsonSchemaAsNode(options);
    }

    // Nothing that is null is written: a member that may be null is one that may be missing.
    private static JsonNode Plain(JsonNode schema, JsonTypeInfo type)
    {
        if (schema is not JsonObject json)
            return schema;
        if (json["type"] is JsonArray types && types.Count(one => (string?)one != "null") == 1)
            json["type"] = types.First(one => (string?)one != "null")!.DeepClone();
        if (json["enum"] is JsonArray values && values.Any(value => value is null))
            json["enum"] = new JsonArray([.. values.Where(value => value is not null).Select(value => value!.DeepClone())]);
        if (type.Kind == JsonTypeInfoKind.Object && json["required"] is JsonArray required)
        {
            var optional = type.Properties.Where(property => property.IsGetNullable).Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
            string[] kept = [.. required.Select(name => (string)name!).Where(name => !optional.Contains(name))];
            _ = kept.Length == 0 ? json.Remove("required") : (json["required"] = new JsonArray([.. kept.Select(name => (JsonNode)name)])) is not null;
        }

        return json;
    }

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith(nameof(Penstock), StringComparison.Ordinal) == true;

    private static string NameOf(Type type)
    {
        string name = type.Name.EndsWith("View", StringComparison.Ordinal) ? type.Name[..^4] : type.Name;
        int generic = name.IndexOf('`', StringComparison.Ordinal);
        return generic < 0 ? name : name[..generic] + string.Concat(type.GetGenericArguments().Select(NameOf));
    }

    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["description"] = "A problem (RFC 9457).",
        ["required"] = new JsonArray("type", "title", "status", "detail", "instance", "requestId"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("Which kind of problem."),
            ["title"] = Text("What it is, the same each time."),
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = Text("What is wrong this time, and what to do."),
            ["instance"] = Text("The address that was asked."),
            ["requestId"] = Text("Names the request in logs and traces."),
            ["errors"] = new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("detail"),
                    ["properties"] = new JsonObject
                    {
                        ["detail"] = Text("What is wrong, and what would be right."),
                        ["pointer"] = Text("Where in the body, as a JSON pointer in a fragment."),
                        ["parameter"] = Text("Which parameter."),
                        ["line"] = new JsonObject { ["type"] = "integer" },
                        ["column"] = new JsonObject { ["type"] = "integer" },
                    },
                },
            },
        },
    };

    private static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };
}

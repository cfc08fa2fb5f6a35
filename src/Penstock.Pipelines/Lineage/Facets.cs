using System.Text.Json.Nodes;

namespace Penstock.Pipelines.Lineage;

/// <summary>Writes facets: each names its producer and its schema.</summary>
internal static class Facets
{
    public static string Version { get; } = typeof(Facets).Assembly.GetName().Version!.ToString(3);

    public static string Producer { get; } = $"urn:penstock:{Version}";

    /// <summary>A facet.</summary>
    /// <param name="schema">Its version and schema in OpenLineage's registry, for example <c>1-2-0/SchemaDatasetFacet</c>.</param>
    /// <param name="members">What it says.</param>
    public static JsonObject Of(string schema, params (string Name, JsonNode? Value)[] members)
    {
        string name = schema[(schema.IndexOf('/') + 1)..];
        var facet = new JsonObject { ["_producer"] = Producer, ["_schemaURL"] = $"https://openlineage.io/spec/facets/{schema}.json#/$defs/{name}" };
        foreach ((string member, JsonNode? value) in members)
            facet[member] = value;
        return facet;
    }
}

using Penstock.Connectors.Manifests;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Schemas;

/// <summary>Reads the JSON Schema that a stream declares in the manifest itself.</summary>
internal static class SchemaReader
{
    /// <summary>The stream's schema; an empty mapping if it has none here (a schema file, one that is found at run time).</summary>
    public static DictValue Read(ManifestNode stream)
    {
        var loaders = stream.OneOrMany("schema_loader");
        if (loaders.Count == 1 && stream.Field("schema_loader")!.Kind == NodeKind.Mapping) return Inline(loaders[0]) ?? new DictValue();
        return loaders.Count == 0 ? new DictValue() : Combined(loaders.Select(Inline).OfType<DictValue>());
    }

    private static DictValue? Inline(ManifestNode loader)
    {
        switch (loader.Type)
        {
            case "InlineSchemaLoader":
                return loader.ValueOf("schema").AsDict ?? new DictValue();
            case "JsonFileSchemaLoader":
                loader.Warning("The schema stands in a file of the connector's package and isn't known.", "Use an InlineSchemaLoader.");
                return null;
            case "DynamicSchemaLoader":
                return null;
            default:
                loader.Warning($"The schema loader {loader.Type} isn't supported; the stream has no schema.", "Use an InlineSchemaLoader.");
                return null;
        }
    }

    // Of several loaders the first that has a property gives it.
    private static DictValue Combined(IEnumerable<DictValue> schemas)
    {
        var properties = new DictValue();
        foreach (var schema in schemas.Reverse())
            foreach (var (name, property) in schema.Find("properties").AsDict?.Entries ?? []) properties[name] = property;
        return new DictValue
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["type"] = new ListValue([(Value)"null", "object"]),
            ["properties"] = properties,
        };
    }
}

using Penstock.Connectors.Components;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Schemas;

/// <summary>A stream's JSON Schema: what the manifest declares, and what the source must be asked for.</summary>
internal sealed class StreamSchema
{
    private readonly List<Func<CancellationToken, ValueTask<DictValue>>> _loaders = [];
    private readonly bool _combines;
    private DictValue? _found;

    /// <param name="stream">The stream's component.</param>
    /// <param name="connector">What the connector's streams share.</param>
    /// <param name="buildRetriever">Builds the retriever of a schema that the source must be asked for.</param>
    public StreamSchema(ManifestNode stream, ConnectorScope connector, Func<ManifestNode, ManifestNode, IStream?> buildRetriever)
    {
        var loaders = stream.OneOrMany("schema_loader");
        _combines = stream.Field("schema_loader")?.Kind == NodeKind.Sequence;
        foreach (var loader in loaders) Add(loader, connector, buildRetriever);
    }

    /// <summary>What the manifest declares; empty if the source must be asked.</summary>
    public DictValue Declared { get; private set; } = new();

    /// <summary>The schema; the source is asked once.</summary>
    public async ValueTask<Value> FindAsync(CancellationToken cancellationToken)
    {
        if (_found is not null) return _found;
        var schemas = new List<DictValue>();
        foreach (var loader in _loaders) schemas.Add(await loader(cancellationToken));
        return _found = _combines ? Combined(schemas) : schemas.FirstOrDefault() ?? new DictValue();
    }

    private void Add(ManifestNode loader, ConnectorScope connector, Func<ManifestNode, ManifestNode, IStream?> buildRetriever)
    {
        switch (loader.Type)
        {
            case "InlineSchemaLoader":
                var schema = loader.ValueOf("schema").AsDict ?? new DictValue();
                Declared = _combines ? Combined([Declared, schema]) : schema;
                _loaders.Add(_ => ValueTask.FromResult(schema));
                break;
            case "DynamicSchemaLoader":
                if (loader.RequiredChild("retriever") is { } retriever && loader.RequiredChild("schema_type_identifier") is { } identifier && buildRetriever(loader, retriever) is { } source)
                    _loaders.Add(new DynamicSchema(loader, identifier, source, connector).FindAsync);
                break;
            case "JsonFileSchemaLoader":
                loader.Warning("The schema stands in a file of the connector's package and isn't known.", "Use an InlineSchemaLoader.");
                break;
            case "CustomSchemaLoader" when CustomComponent.IsRegistered(loader):
                if (CustomComponent.Make<ISchemaLoader>(loader, connector) is { } own) _loaders.Add(own.LoadAsync);
                break;
            case "CustomSchemaLoader" when CustomComponent.Is(loader):
                CustomComponent.TellUnregistered(loader);
                break;
            default:
                loader.Warning($"The schema loader {loader.Type} isn't supported; the stream has no schema.", "Use an InlineSchemaLoader.");
                break;
        }
    }

    // Of several loaders the first that has a property gives it.
    private static DictValue Combined(List<DictValue> schemas)
    {
        var properties = new DictValue();
        foreach (var schema in Enumerable.Reverse(schemas))
            foreach (var (name, property) in schema.Find("properties").AsDict?.Entries ?? []) properties[name] = property;
        return new DictValue
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["type"] = new ListValue([(Value)"null", "object"]),
            ["properties"] = properties,
        };
    }
}

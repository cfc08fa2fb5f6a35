using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Protocol;

/// <summary>Specifications and streams as Airbyte describes them.</summary>
internal static class Catalogs
{
    /// <summary>A ConnectorSpecification.</summary>
    public static DictValue Spec(Connector connector)
    {
        var spec = new DictValue { ["connectionSpecification"] = connector.Specification };
        if (connector.Root.Child("spec") is not { } node) return spec;
        if (node.Text("documentation_url") is { } url) spec["documentationUrl"] = url;
        if (node.ValueOf("advanced_auth") is { AsDict: not null } auth) spec["advanced_auth"] = auth;
        return spec;
    }

    /// <summary>An AirbyteStream; its schema is asked for if the manifest doesn't declare it.</summary>
    public static async ValueTask<DictValue> StreamAsync(IStream stream, CancellationToken cancellationToken)
    {
        var schema = stream is DeclarativeStream { Schema: { } known } ? await known.FindAsync(cancellationToken) : ValueJsonReader.Read(stream.JsonSchema.Span);
        var described = new DictValue
        {
            ["name"] = stream.Name,
            ["json_schema"] = schema,
            ["supported_sync_modes"] = new ListValue(stream.CursorField is null ? [(Value)"full_refresh"] : [(Value)"full_refresh", "incremental"]),
            ["source_defined_primary_key"] = new ListValue(stream.PrimaryKey.Select(path => (Value)new ListValue(path.Select(part => (Value)part)))),
            ["is_resumable"] = stream.CursorField is not null,
            ["is_file_based"] = stream is DeclarativeStream { PointsToFiles: true },
        };
        if (stream.CursorField is not { } field) return described;
        described["source_defined_cursor"] = true;
        described["default_cursor_field"] = new ListValue([(Value)field]);
        return described;
    }
}

using Penstock.Connectors.Cursors;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Schemas;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Streams;

/// <summary>Builds streams out of the manifest, parents first.</summary>
/// <param name="connector">What the connector's streams share.</param>
/// <param name="parents">The names of streams that others read as their parents; their responses are cached.</param>
internal sealed class StreamBuilder(ConnectorScope connector, IReadOnlySet<string> parents)
{
    /// <summary>Builds a stream; null (and reported) if it can't work.</summary>
    public IStream? Build(ManifestNode node)
    {
        switch (node.Type)
        {
            case "DeclarativeStream":
                return Declarative(node);
            case "StateDelegatingStream":
                return Delegating(node);
            default:
                node.Unsupported("DeclarativeStream", "StateDelegatingStream");
                return null;
        }
    }

    private DelegatingStream? Delegating(ManifestNode node)
    {
        if (node.RequiredChild("full_refresh_stream") is not { } full || node.RequiredChild("incremental_stream") is not { } incremental) return null;
        IsoDuration? retention = null;
        if (node.Template("api_retention_period")?.EvaluateText(connector.Context) is { Length: > 0 } text && !IsoDuration.TryParse(text, out retention))
            node.Field("api_retention_period")!.Error($"'{text}' isn't an ISO 8601 duration.", "Write for example P30D.");
        return Declarative(full) is { } reading && Declarative(incremental) is { } following ? new DelegatingStream(reading, following, retention) : null;
    }

    private DeclarativeStream? Declarative(ManifestNode node)
    {
        var name = node.Text("name") ?? "";
        node.Field("file_uploader")?.Warning("The files that records point to aren't downloaded; the records themselves are read.", "Download the files from what the records say of them.");
        if (node.RequiredChild("retriever") is not { } retriever) return null;
        var router = new RouterReader(connector, Build).Read(retriever);
        var incremental = node.Child("incremental_sync");
        var cursor = incremental is null ? null : CursorReader.Read(incremental, connector);
        var isPartitioned = router is not SinglePartitionRouter;
        if (isPartitioned && cursor?.Cursor is IncrementingCountCursor)
            incremental!.Error("An IncrementingCountCursor can't be used with a partition router.", "Use a DatetimeBasedCursor, or no partitions.");
        if (router is SubstreamPartitionRouter { GivesResponses: true }) CheckGivenResponses(retriever, incremental);
        var schema = new StreamSchema(node, connector, BuildRetriever);
        var parts = new RetrieverParts
        {
            Connector = connector,
            StreamName = name,
            SliceOptions = [.. router.Options, .. cursor?.Options ?? []],
            Cursor = cursor?.Cursor,
            IsDataFeed = incremental?.Flag("is_data_feed") ?? false,
            IsClientSideIncremental = incremental?.Flag("is_client_side_incremental") ?? false,
            UseCache = parents.Contains(name),
            Schema = schema.FindAsync,
        };
        if (RetrieverReader.Read(node, retriever, parts, Build) is not { } reading) return null;
        return new DeclarativeStream
        {
            Name = name,
            PrimaryKey = PrimaryKeys.Read(node),
            Schema = schema,
            JsonSchema = ValueJsonWriter.ToUtf8(schema.Declared),
            Router = router,
            Cursor = cursor?.Cursor,
            Retriever = reading,
            StateShape = new StateShape(cursor?.Cursor, isPartitioned, router is GroupingPartitionRouter || incremental?.Flag("global_substream_cursor") == true, ParentShapes(router)),
            Time = connector.Time,
            Migrations = StateMigrations.Read(node, connector),
            PointsToFiles = node.Has("file_uploader"),
        };
    }

    private static void CheckGivenResponses(ManifestNode retriever, ManifestNode? incremental)
    {
        if (retriever.Child("decoder") is { } decoder && decoder.Type != "JsonDecoder")
            decoder.Error("A lazy_read_pointer gives JSON, whatever the decoder.", "Use a JsonDecoder, or leave lazy_read_pointer out.");
        if (incremental is not null && (incremental.Type != "DatetimeBasedCursor" || incremental.Has("step") || incremental.Has("cursor_granularity")))
            incremental.Error("A lazy_read_pointer gives each parent's children at once, so that there can't be several windows.", "Use a DatetimeBasedCursor without step and cursor_granularity.");
    }

    /// <summary>A retriever on its own, for what a connector asks of its source before it has streams.</summary>
    public DeclarativeStream? BuildRetriever(ManifestNode owner, ManifestNode retriever)
    {
        var router = new RouterReader(connector, Build).Read(retriever);
        var parts = new RetrieverParts { Connector = connector, StreamName = owner.Path, SliceOptions = [.. router.Options], UseCache = true };
        if (RetrieverReader.Read(owner, retriever, parts, Build) is not { } reading) return null;
        return new DeclarativeStream
        {
            Name = owner.Path,
            PrimaryKey = [],
            Schema = null,
            JsonSchema = "{}"u8.ToArray(),
            Router = router,
            Cursor = null,
            Retriever = reading,
            StateShape = new StateShape(null),
            Time = connector.Time,
        };
    }

    private static Dictionary<string, StateShape>? ParentShapes(IPartitionRouter router) => router is SubstreamPartitionRouter or GroupingPartitionRouter or UnionPartitionRouter
        ? IncrementalParents.Of(router).ToDictionary(parent => parent.Stream.Name, parent => (parent.Stream as DeclarativeStream)?.StateShape ?? new StateShape(null), StringComparer.Ordinal)
        : null;
}

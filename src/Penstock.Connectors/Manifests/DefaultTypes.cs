namespace Penstock.Connectors.Manifests;

/// <summary>The component type that a field has when its author left <c>type</c> out (airbyte-cdk's ManifestComponentTransformer).</summary>
internal static class DefaultTypes
{
    private static readonly Dictionary<string, string> Components = new(StringComparer.Ordinal)
    {
        ["CompositeErrorHandler.error_handlers"] = "DefaultErrorHandler",
        ["CursorPagination.decoder"] = "JsonDecoder",
        ["DatetimeBasedCursor.end_datetime"] = "MinMaxDatetime",
        ["DatetimeBasedCursor.end_time_option"] = "RequestOption",
        ["DatetimeBasedCursor.start_datetime"] = "MinMaxDatetime",
        ["DatetimeBasedCursor.start_time_option"] = "RequestOption",
        ["DeclarativeSource.check"] = "CheckStream",
        ["DeclarativeSource.spec"] = "Spec",
        ["DeclarativeSource.streams"] = "DeclarativeStream",
        ["DeclarativeStream.retriever"] = "SimpleRetriever",
        ["DeclarativeStream.schema_loader"] = "JsonFileSchemaLoader",
        ["DynamicDeclarativeStream.stream_template"] = "DeclarativeStream",
        ["DynamicDeclarativeStream.components_resolver"] = "ConfigComponentResolver",
        ["HttpComponentsResolver.retriever"] = "SimpleRetriever",
        ["HttpComponentsResolver.components_mapping"] = "ComponentMappingDefinition",
        ["ConfigComponentsResolver.stream_config"] = "StreamConfig",
        ["ConfigComponentsResolver.components_mapping"] = "ComponentMappingDefinition",
        ["DefaultErrorHandler.response_filters"] = "HttpResponseFilter",
        ["DefaultPaginator.decoder"] = "JsonDecoder",
        ["DefaultPaginator.page_size_option"] = "RequestOption",
        ["DpathExtractor.decoder"] = "JsonDecoder",
        ["DpathExtractor.record_expander"] = "RecordExpander",
        ["HttpRequester.error_handler"] = "DefaultErrorHandler",
        ["ListPartitionRouter.request_option"] = "RequestOption",
        ["ParentStreamConfig.request_option"] = "RequestOption",
        ["ParentStreamConfig.stream"] = "DeclarativeStream",
        ["RecordSelector.extractor"] = "DpathExtractor",
        ["RecordSelector.record_filter"] = "RecordFilter",
        ["SimpleRetriever.paginator"] = "NoPagination",
        ["SimpleRetriever.record_selector"] = "RecordSelector",
        ["SimpleRetriever.requester"] = "HttpRequester",
        ["SubstreamPartitionRouter.parent_stream_configs"] = "ParentStreamConfig",
        ["AddFields.fields"] = "AddedFieldDefinition",
        ["CustomPartitionRouter.parent_stream_configs"] = "ParentStreamConfig",
        ["DynamicSchemaLoader.retriever"] = "SimpleRetriever",
        ["SchemaTypeIdentifier.types_map"] = "TypesMap",
    };

    private static readonly Dictionary<string, string> Custom = new(StringComparer.Ordinal)
    {
        ["CompositeErrorHandler.backoff_strategies"] = "CustomBackoffStrategy",
        ["DeclarativeStream.retriever"] = "CustomRetriever",
        ["DeclarativeStream.transformations"] = "CustomTransformation",
        ["DefaultErrorHandler.backoff_strategies"] = "CustomBackoffStrategy",
        ["DefaultPaginator.pagination_strategy"] = "CustomPaginationStrategy",
        ["HttpRequester.authenticator"] = "CustomAuthenticator",
        ["HttpRequester.error_handler"] = "CustomErrorHandler",
        ["RecordSelector.extractor"] = "CustomRecordExtractor",
        ["SimpleRetriever.partition_router"] = "CustomPartitionRouter",
    };

    /// <summary>The type of a component without one, or null.</summary>
    /// <param name="parentField">The parent's type and field, for example <c>HttpRequester.error_handler</c>.</param>
    /// <param name="hasClassName">True if the component names a Python class.</param>
    public static string? For(string parentField, bool hasClassName) => (hasClassName ? Custom : Components).GetValueOrDefault(parentField);
}

namespace Penstock.Connectors.Manifests;

/// <summary>The component types of the format and the fields that each must have (declarative component schema, 2026-08).</summary>
internal static class ComponentTypes
{
    private static readonly Dictionary<string, string[]> Required = Parse("""
        AddedFieldDefinition: path value
        AddFields: fields
        ApiKey: inject_into
        ApiKeyAuthenticator:
        AsyncJobStatusMap: running completed failed timeout
        AsyncRetriever: record_selector status_mapping creation_requester polling_requester download_requester status_extractor
        BasicHttpAuthenticator: username
        Bearer:
        BearerAuthenticator: api_token
        BlockSimultaneousSyncsAction:
        CheckDynamicStream: stream_count
        CheckStream:
        ComplexFieldType: field_type
        ComponentMappingDefinition: field_path value
        CompositeErrorHandler: error_handlers
        ConcurrencyLevel: default_concurrency
        ConditionalStreams: streams condition
        ConfigAddFields: fields
        ConfigComponentsResolver: stream_config components_mapping
        ConfigMigration: transformations
        ConfigNormalizationRules:
        ConfigRemapField: map field_path
        ConfigRemoveFields: field_pointers
        ConstantBackoffStrategy: backoff_time_in_seconds
        CsvDecoder:
        CursorPagination: cursor_value
        DatetimeBasedCursor: cursor_field datetime_format start_datetime
        DeclarativeSource: check
        DeclarativeStream: retriever
        DefaultErrorHandler:
        DefaultPaginator: pagination_strategy
        DpathExtractor: field_path
        DpathFlattenFields: field_path
        DpathValidator: field_path validation_strategy
        DynamicDeclarativeStream: stream_template components_resolver
        DynamicSchemaLoader: retriever schema_type_identifier
        DynamicStreamCheckConfig: dynamic_stream_name
        ExponentialBackoffStrategy:
        FixedWindowCallRatePolicy: period call_limit matchers
        FlattenFields:
        GroupByKeyMergeStrategy: key
        GroupingPartitionRouter: group_size underlying_partition_router
        GzipDecoder: decoder
        HTTPAPIBudget: policies
        HttpComponentsResolver: retriever components_mapping
        HttpRequester:
        HttpRequestRegexMatcher:
        HttpResponseFilter:
        IncrementingCountCursor: cursor_field
        InlineSchemaLoader:
        IterableDecoder:
        JsonDecoder:
        JsonFileSchemaLoader:
        JsonItemsDecoder: items_path
        JsonlDecoder:
        JsonSchemaPropertySelector:
        JwtAuthenticator: secret_key algorithm
        KeysReplace: old new
        KeysToLower:
        KeysToSnakeCase:
        KeyTransformation:
        LegacySessionTokenAuthenticator: header login_url session_token_response_key validate_session_url
        LegacyToPerPartitionStateMigration:
        ListPartitionRouter: cursor_field values
        MinMaxDatetime: datetime
        MovingWindowCallRatePolicy: rates matchers
        NoAuth:
        NoPagination:
        OAuthAuthenticator:
        OffsetIncrement:
        PageIncrement:
        PaginationReset: action
        PaginationResetLimits:
        ParametrizedComponentsResolver: stream_parameters components_mapping
        ParentStreamConfig: parent_key partition_field stream
        PredicateValidator: value validation_strategy
        PropertiesFromEndpoint: property_field_path retriever
        PropertyChunking: property_limit_type
        QueryProperties: property_list
        QuotaStatusSource: url
        Rate: limit interval
        RateLimitedMultipleTokenAuthenticator: tokens quota_status_source quotas
        RecordExpander: expand_records_from_field
        RecordFilter:
        RecordSelector: extractor
        RemoveFields: field_pointers
        RequestBodyGraphQL: value
        RequestBodyJsonObject: value
        RequestBodyPlainText: value
        RequestBodyUrlEncodedForm: value
        RequestOption: inject_into
        RequestPath:
        ResponseToFileExtractor:
        SchemaTypeIdentifier: key_pointer
        SelectiveAuthenticator: authenticators authenticator_selection_path
        SessionTokenAuthenticator: login_requester session_token_path request_authentication
        SimpleRetriever: record_selector requester
        Spec: connection_specification
        StateDelegatingStream: name full_refresh_stream incremental_stream
        StreamConfig: configs_pointer
        StreamParametersDefinition: list_of_parameters_for_stream
        SubstreamPartitionRouter: parent_stream_configs
        TokenQuota: name remaining_path reset_path
        TypesMap: target_type current_type
        UnionPartitionRouter: partition_field partition_routers
        UnlimitedCallRatePolicy: matchers
        ValidateAdheresToSchema: base_schema
        WaitTimeFromHeader: header
        WaitUntilTimeFromHeader: header
        XmlDecoder:
        ZipfileDecoder: decoder
        """);

    /// <summary>True if the format has this type, components of the author's own (<c>Custom…</c>) aside.</summary>
    public static bool IsKnown(string type) => Required.ContainsKey(type);

    /// <summary>True for components that are the author's own Python code.</summary>
    public static bool IsCustom(string type) => type.StartsWith("Custom", StringComparison.Ordinal);

    /// <summary>The fields that a component of this type must have.</summary>
    public static IReadOnlyList<string> RequiredFields(string type) => Required.GetValueOrDefault(type) ?? [];

    private static Dictionary<string, string[]> Parse(string table) => table.Split('\n').Select(line => line.Split(':')).ToDictionary(
        parts => parts[0], parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}

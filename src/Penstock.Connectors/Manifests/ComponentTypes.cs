namespace Penstock.Connectors.Manifests;

/// <summary>
/// The component types of the format, the fields that each must have and, after the bar, those that it may have (declarative
/// component schema, 2026-08).
/// </summary>
internal static class ComponentTypes
{
    private static readonly Dictionary<string, TypeFields> Types = Parse("""
        AddedFieldDefinition: path value | value_type
        AddFields: fields | condition
        ApiKey: inject_into | api_token
        ApiKeyAuthenticator: | api_token header inject_into
        AsyncJobStatusMap: running completed failed timeout | skipped
        AsyncRetriever: record_selector status_mapping creation_requester polling_requester download_requester status_extractor | download_target_extractor download_extractor polling_job_timeout failed_retry_wait_time_in_seconds download_target_requester download_paginator abort_requester delete_requester partition_router decoder download_decoder
        BasicHttpAuthenticator: username | password
        Bearer:
        BearerAuthenticator: api_token
        BlockSimultaneousSyncsAction:
        CheckDynamicStream: stream_count | use_check_availability config_overrides
        CheckStream: | stream_names dynamic_streams_check_configs config_overrides
        ComplexFieldType: field_type | items
        ComponentMappingDefinition: field_path value | value_type create_or_update condition
        CompositeErrorHandler: error_handlers
        ConcurrencyLevel: default_concurrency | max_concurrency
        ConditionalStreams: streams condition
        ConfigAddFields: fields | condition
        ConfigComponentsResolver: stream_config components_mapping
        ConfigMigration: transformations | description
        ConfigNormalizationRules: | config_migrations transformations validations
        ConfigRemapField: map field_path
        ConfigRemoveFields: field_pointers | condition
        ConstantBackoffStrategy: backoff_time_in_seconds | jitter_range_in_seconds
        CsvDecoder: | encoding delimiter set_values_to_none
        CursorPagination: cursor_value | page_size stop_condition
        DatetimeBasedCursor: cursor_field datetime_format start_datetime | clamping allow_catalog_defined_cursor_field cursor_datetime_formats start_time_option end_datetime end_time_option cursor_granularity is_data_feed is_client_side_incremental is_compare_strictly global_substream_cursor lookback_window partition_field_end partition_field_start step
        DeclarativeSource: check | streams dynamic_streams version schemas definitions spec concurrency_level api_budget stream_groups max_concurrent_async_job_count metadata description
        DeclarativeStream: retriever | name incremental_sync primary_key schema_loader transformations state_migrations file_uploader
        DefaultErrorHandler: | backoff_strategies max_retries response_filters
        DefaultPaginator: pagination_strategy | page_size_option page_token_option
        DpathExtractor: field_path | record_expander
        DpathFlattenFields: field_path | delete_origin_value replace_record key_transformation
        DpathValidator: field_path validation_strategy
        DynamicDeclarativeStream: stream_template components_resolver | name use_parent_parameters
        DynamicSchemaLoader: retriever schema_type_identifier | schema_filter schema_transformations
        DynamicStreamCheckConfig: dynamic_stream_name | stream_count
        ExponentialBackoffStrategy: | factor jitter_range_in_seconds
        FileUploader: requester download_target_extractor | filename_extractor
        FixedWindowCallRatePolicy: period call_limit matchers
        FlattenFields: | flatten_lists
        GroupByKeyMergeStrategy: key
        GroupingPartitionRouter: group_size underlying_partition_router | deduplicate
        GzipDecoder: decoder
        HTTPAPIBudget: policies | ratelimit_reset_header ratelimit_remaining_header status_codes_for_ratelimit_hit
        HttpComponentsResolver: retriever components_mapping
        HttpRequester: | url_base url path http_method authenticator fetch_properties_from_endpoint query_properties request_parameters request_headers request_body_data request_body_json request_body error_handler use_cache
        HttpRequestRegexMatcher: | method url_base url_path_pattern params headers weight
        HttpResponseFilter: | action failure_type error_message error_message_contains http_codes predicate
        IncrementingCountCursor: cursor_field | allow_catalog_defined_cursor_field start_value start_value_option
        InlineSchemaLoader: | schema
        IterableDecoder:
        JsonDecoder:
        JsonFileSchemaLoader: | file_path
        JsonItemsDecoder: items_path | encoding
        JsonlDecoder:
        JsonSchemaPropertySelector: | transformations
        JwtAuthenticator: secret_key algorithm | base64_encode_secret_key token_duration header_prefix jwt_headers additional_jwt_headers jwt_payload additional_jwt_payload passphrase request_option
        KeysReplace: old new
        KeysToLower:
        KeysToSnakeCase:
        KeyTransformation: | prefix suffix
        LegacySessionTokenAuthenticator: header login_url session_token_response_key validate_session_url | session_token username password
        LegacyToPerPartitionStateMigration:
        ListPartitionRouter: cursor_field values | request_option
        MinMaxDatetime: datetime | datetime_format max_datetime min_datetime
        MovingWindowCallRatePolicy: rates matchers
        NoAuth:
        NoPagination:
        OAuthAuthenticator: | client_id_name client_id client_secret_name client_secret refresh_token_name refresh_token token_refresh_endpoint access_token_name access_token_value expires_in_name grant_type_name grant_type refresh_request_body refresh_request_headers send_refresh_request_as_query_params scopes token_expiry_date token_expiry_date_format refresh_token_error_status_codes refresh_token_error_key refresh_token_error_values refresh_token_updater profile_assertion use_profile_assertion
        OffsetIncrement: | page_size inject_on_first_request
        PageIncrement: | page_size start_from_page inject_on_first_request
        PaginationReset: action | limits
        PaginationResetLimits: | number_of_records
        ParametrizedComponentsResolver: stream_parameters components_mapping
        ParentStreamConfig: parent_key partition_field stream | request_option incremental_dependency lazy_read_pointer extra_fields
        PredicateValidator: value validation_strategy
        PropertiesFromEndpoint: property_field_path retriever
        PropertyChunking: property_limit_type | property_limit record_merge_strategy
        QueryProperties: property_list | always_include_properties property_chunking property_selector
        QuotaStatusSource: url | http_method request_headers unavailable_status_codes
        Rate: limit interval
        RateLimitedMultipleTokenAuthenticator: tokens quota_status_source quotas | token_delimiter auth_method header max_wait_time budget_reserve_fraction budget_min_reserve
        RecordExpander: expand_records_from_field | remain_original_record on_no_records
        RecordFilter: | condition
        RecordSelector: extractor | record_filter schema_normalization transform_before_filtering
        RemoveFields: field_pointers | condition
        RequestBodyGraphQL: value
        RequestBodyJsonObject: value
        RequestBodyPlainText: value
        RequestBodyUrlEncodedForm: value
        RequestOption: inject_into | field_name field_path
        RequestPath:
        ResponseToFileExtractor: | preserve_na_values
        SchemaTypeIdentifier: key_pointer | schema_pointer type_pointer types_mapping
        SelectiveAuthenticator: authenticators authenticator_selection_path
        SessionTokenAuthenticator: login_requester session_token_path request_authentication | expiration_duration decoder
        SimpleRetriever: record_selector requester | decoder paginator pagination_reset ignore_stream_slicer_parameters_on_paginated_requests partition_router
        Spec: connection_specification | documentation_url advanced_auth config_normalization_rules
        StateDelegatingStream: name full_refresh_stream incremental_stream | api_retention_period
        StreamConfig: configs_pointer | default_values
        StreamParametersDefinition: list_of_parameters_for_stream
        SubstreamPartitionRouter: parent_stream_configs
        TokenQuota: name remaining_path reset_path | limit_path matchers remaining_header reset_header limit_header exhaustion_status_codes
        TypesMap: target_type current_type | condition
        UnionPartitionRouter: partition_field partition_routers
        UnlimitedCallRatePolicy: matchers
        ValidateAdheresToSchema: base_schema
        WaitTimeFromHeader: header | regex max_waiting_time_in_seconds
        WaitUntilTimeFromHeader: header | min_wait regex max_waiting_time_in_seconds
        XmlDecoder:
        ZipfileDecoder: decoder
        """);

    /// <summary>All types, components of the author's own (<c>Custom…</c>) aside.</summary>
    public static IReadOnlyCollection<string> All => Types.Keys;

    /// <summary>True if the format has this type, components of the author's own (<c>Custom…</c>) aside.</summary>
    public static bool IsKnown(string type) => Types.ContainsKey(type);

    /// <summary>True for components that are the author's own code.</summary>
    public static bool IsCustom(string type) => type.StartsWith("Custom", StringComparison.Ordinal);

    /// <summary>The fields that a component of this type must have.</summary>
    public static IReadOnlyList<string> RequiredFields(string type) => Types.GetValueOrDefault(type)?.Required ?? [];

    /// <summary>Whether a component of this type has such a field. Others are passed over, whatever stands in them.</summary>
    public static bool HasField(string type, string field) => !Types.TryGetValue(type, out var fields) || fields.All.Contains(field);

    private static Dictionary<string, TypeFields> Parse(string table) =>
        table.Split('\n').Select(line => line.Split(':')).ToDictionary(parts => parts[0], parts => TypeFields.Of(parts[1].Split('|')), StringComparer.Ordinal);

    private sealed record TypeFields(IReadOnlyList<string> Required, IReadOnlySet<string> All)
    {
        public static TypeFields Of(string[] columns)
        {
            var fields = columns.Select(column => column.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
            return new(fields[0], fields.SelectMany(names => names).ToHashSet(StringComparer.Ordinal));
        }
    }
}

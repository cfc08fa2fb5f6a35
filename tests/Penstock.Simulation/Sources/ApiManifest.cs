using System.Globalization;

namespace Penstock.Simulation.Sources;

/// <summary>Manifests that read the <see cref="SourceApi"/>.</summary>
public static class ApiManifest
{
    /// <summary>All events in windows of time.</summary>
    public static string Events(StreamShape shape, ApiQuota quota) => string.Create(CultureInfo.InvariantCulture, $$"""
        {{Head(quota)}}
        streams:
          - {{Stream("events", "/events", shape)}}
        """);

    /// <summary>The events of each project that has changed since its events were last landed.</summary>
    public static string EventsOfProjects(StreamShape shape, ApiQuota quota) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {{{Head(quota)}}}
        definitions:
          projects: {{{Stream("projects", "/projects", shape with { Window = TimeSpan.FromDays(1), Lookback = TimeSpan.Zero })}}}
        streams:
          - {{{Stream("events", "/projects/{{ stream_partition.project }}/events", shape, """
        partition_router: {type: SubstreamPartitionRouter, parent_stream_configs: [
                {type: ParentStreamConfig, stream: {$ref: "#/definitions/projects"}, parent_key: id, partition_field: project, incremental_dependency: true}]},
        """)}}}
        """);

    private static string Head(ApiQuota quota) => string.Create(CultureInfo.InvariantCulture, $$"""
        version: 6.48.0
        type: DeclarativeSource
        check: {type: CheckStream, stream_names: [events]}
        api_budget: {type: HTTPAPIBudget, policies: [
          {type: MovingWindowCallRatePolicy, rates: [{limit: {{quota.Limit}}, interval: "PT{{(int)quota.Window.TotalSeconds}}S"}], matchers: []}]}
        """);

    private static string Stream(string name, string path, StreamShape shape, string router = "") => string.Create(CultureInfo.InvariantCulture, $$$"""
        {type: DeclarativeStream, name: {{{name}}}, primary_key: id,
              retriever: {type: SimpleRetriever, {{{router}}}
                requester: {type: HttpRequester, url_base: "https://api.example.com", path: "{{{path}}}",
                  error_handler: {type: DefaultErrorHandler, max_retries: 1, response_filters: [
                    {type: HttpResponseFilter, predicate: "{{ 'error' in response }}", action: RETRY}]} },
                paginator: {type: DefaultPaginator,
                  page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: after},
                  pagination_strategy: {type: CursorPagination, cursor_value: "{{ response['next'] }}", stop_condition: "{{ not response['next'] }}"} },
                record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: [data]} } },
              incremental_sync: {type: DatetimeBasedCursor, cursor_field: updated, datetime_format: "%s", cursor_granularity: PT1S,
                step: "PT{{{(int)shape.Window.TotalSeconds}}}S", lookback_window: "PT{{{(int)shape.Lookback.TotalSeconds}}}S", start_datetime: "1767222000",
                start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: since},
                end_time_option: {type: RequestOption, inject_into: request_parameter, field_name: until} } }
        """);
}

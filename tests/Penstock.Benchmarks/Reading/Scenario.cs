namespace Penstock.Benchmarks.Reading;

/// <summary>One way of reading the pages: a stream of the benchmark's manifest, and how fast and small it should be.</summary>
/// <param name="Name">Its name on the command line, and the stream's.</param>
/// <param name="Meaning">What is read, for people.</param>
/// <param name="CpuSeconds">The most processor time on a 2-core machine for 1,000 pages; null for no goal.</param>
/// <param name="PeakMegabytes">The most memory.</param>
internal sealed record Scenario(string Name, string Meaning, double? CpuSeconds, int PeakMegabytes)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("plain", "records as they are, written as Airbyte messages", 1.7, 100),
        new("normalised", "with the schema's types applied", null, 100),
        new("transformed", "two AddFields, a RemoveFields and a filter", 4, 100),
        new("landed", "landed as gzip JSON Lines by the Extract stage, into a folder", 5, 100),
        new("partitions", "a child stream of 100,000 parents, a state for each", null, 150),
    ];

    /// <summary>The manifest of all scenarios.</summary>
    public static string Manifest { get; } = """
        version: 6.48.0
        type: DeclarativeSource
        check: { type: CheckStream, stream_names: [plain] }
        definitions:
          requester:
            type: HttpRequester
            url_base: "{{ config['url'] }}"
            path: /records
          paginator:
            type: DefaultPaginator
            page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
            pagination_strategy:
              type: CursorPagination
              cursor_value: "{{ response['next_page'] }}"
              stop_condition: "{{ not response['next_page'] }}"
          retriever:
            type: SimpleRetriever
            requester: { $ref: "#/definitions/requester" }
            paginator: { $ref: "#/definitions/paginator" }
            record_selector:
              type: RecordSelector
              extractor: { type: DpathExtractor, field_path: [data] }
          schema:
            type: object
            properties:
              id: { type: string }
              number: { type: integer }
              name: { type: string }
              email: { type: string }
              status: { type: string }
              amount: { type: number }
              quantity: { type: string }
              active: { type: boolean }
              tags: { type: array, items: { type: string } }
              address: { type: object, properties: { street: { type: string }, city: { type: string }, postcode: { type: string }, country: { type: string } } }
              note: { type: string }
              created_at: { type: string }
              updated_at: { type: string }
        streams:
          - type: DeclarativeStream
            name: plain
            primary_key: id
            retriever: { $ref: "#/definitions/retriever" }
          - type: DeclarativeStream
            name: landed
            primary_key: id
            retriever: { $ref: "#/definitions/retriever" }
          - type: DeclarativeStream
            name: normalised
            primary_key: id
            schema_loader: { type: InlineSchemaLoader, schema: { $ref: "#/definitions/schema" } }
            retriever:
              $ref: "#/definitions/retriever"
              record_selector:
                type: RecordSelector
                schema_normalization: Default
                extractor: { type: DpathExtractor, field_path: [data] }
          - type: DeclarativeStream
            name: transformed
            primary_key: id
            retriever:
              $ref: "#/definitions/retriever"
              record_selector:
                type: RecordSelector
                extractor: { type: DpathExtractor, field_path: [data] }
                record_filter: { type: RecordFilter, condition: "{{ record['status'] == 'active' }}" }
            transformations:
              - type: AddFields
                fields:
                  - { type: AddedFieldDefinition, path: [source], value: "{{ config['url'] }}" }
                  - { type: AddedFieldDefinition, path: [total], value: "{{ record['amount'] * record['quantity'] }}" }
              - { type: RemoveFields, field_pointers: [[note]] }
          - type: DeclarativeStream
            name: partitions
            primary_key: id
            incremental_sync:
              type: DatetimeBasedCursor
              cursor_field: updated_at
              datetime_format: "%Y-%m-%dT%H:%M:%SZ"
              start_datetime: "2025-01-01T00:00:00Z"
            retriever:
              type: SimpleRetriever
              requester:
                type: HttpRequester
                url_base: "{{ config['url'] }}"
                path: "/parents/{{ stream_partition['parent'] }}/children"
              record_selector:
                type: RecordSelector
                extractor: { type: DpathExtractor, field_path: [data] }
              partition_router:
                type: SubstreamPartitionRouter
                parent_stream_configs:
                  - type: ParentStreamConfig
                    parent_key: id
                    partition_field: parent
                    stream:
                      type: DeclarativeStream
                      name: parents
                      primary_key: id
                      retriever:
                        $ref: "#/definitions/retriever"
                        requester: { $ref: "#/definitions/requester", path: /parents }
        """;
}

namespace Penstock.Cli.Tests.Browser;

/// <summary>The files of the console's test: customers are pulled, orders are pushed.</summary>
internal static class ShopPipelines
{
    public static void Write(string folder, Uri source)
    {
        Directory.CreateDirectory(Path.Combine(folder, "customers", "contracts"));
        File.WriteAllText(Path.Combine(folder, "customers", "connector.yaml"), Connector(source));
        File.WriteAllText(Path.Combine(folder, "customers", "contracts", "customers.odcs.yaml"), Contract);
        File.WriteAllText(Path.Combine(folder, "customers", "pipeline.yaml"), """
            pipeline: customers
            description: Customers of the shop, from its own API.
            owner: shop-data@example.com
            connector: connector.yaml
            private_hosts: [127.0.0.1]
            schedule: { every: PT1H }
            budget: { limits: [{ calls: 600, per: PT1M }] }
            streams:
              - stream: customers
                key: [id]
                freshness: PT2H
                contract: contracts/customers.odcs.yaml
                mask: { email: { partial: email } }
            """);
        Directory.CreateDirectory(Path.Combine(folder, "orders"));
        File.WriteAllText(Path.Combine(folder, "orders", "pipeline.yaml"), """
            pipeline: orders
            description: Orders of the shop, as it pushes them.
            owner: shop-data@example.com
            streams:
              - stream: orders
                key: [order_id]
                receive: { event_hub: orders, webhook: { secret: orders-webhook } }
            """);
    }

    public static string Order(string id) => $$"""{"order_id":"{{id}}","status":"paid","total":4990}""";

    private const string Contract = """
        apiVersion: v3.1.0
        kind: DataContract
        id: customers
        version: 1.2.0
        status: active
        schema:
          - name: customers
            logicalType: object
            properties:
              - { name: id, logicalType: string, required: true, primaryKey: true }
              - { name: name, logicalType: string }
              - { name: email, logicalType: string, classification: restricted }
              - { name: amount, logicalType: number }
              - { name: updated_at, logicalType: timestamp, required: true }
        """;

    private static string Connector(Uri source) => $$$"""
        version: 6.48.0
        type: DeclarativeSource
        check: { type: CheckStream, stream_names: [customers] }
        streams:
          - type: DeclarativeStream
            name: customers
            primary_key: id
            incremental_sync:
              type: DatetimeBasedCursor
              cursor_field: updated_at
              datetime_format: "%Y-%m-%dT%H:%M:%SZ"
              start_datetime: "2026-01-01T00:00:00Z"
              end_datetime: "2026-01-16T00:00:00Z"
              step: P1D
              cursor_granularity: PT1S
              start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: since }
              end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: until }
            retriever:
              type: SimpleRetriever
              requester: { type: HttpRequester, url_base: "{{{source.GetLeftPart(UriPartial.Authority)}}}", path: /customers }
              paginator:
                type: DefaultPaginator
                page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: per_page }
                page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
                pagination_strategy: { type: PageIncrement, page_size: 100, start_from_page: 1 }
              record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
        """;
}

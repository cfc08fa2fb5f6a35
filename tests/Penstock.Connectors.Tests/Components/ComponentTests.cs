using System.Text;
using Penstock.Connectors.Authentication;
using Penstock.Connectors.Components;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Http;
using Penstock.Connectors.Pagination;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Decoding;
using Penstock.Connectors.Records.Normalisation;
using Penstock.Connectors.Records.Transformations;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Schemas;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Components;

public class ComponentTests : ComponentFixture
{
    [Fact]
    public async Task an_authenticator_of_ones_own_signs_requests()
    {
        var components = new ConnectorComponents(ConnectorComponentAttribute.FindIn(typeof(AcmeAuthenticator).Assembly));
        var manifest = Manifest(Stream("items", requester: """, authenticator: {type: CustomAuthenticator, class_name: source_acme.components.AcmeAuthenticator, api_secret: "{{ config['secret'] }}"}"""));
        await ReadAsync(manifest, components, """{"secret":"s3cret"}""");
        Assert.Equal("Acme 1704844800:".Length + 64, Source.Requests[0]["Authorization"]!.Length);
        Assert.StartsWith("Acme 1704844800:", Source.Requests[0]["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_authenticator_may_log_in_first_and_its_failure_ends_the_slice()
    {
        var manifest = Manifest(Stream("items", requester: ", authenticator: {type: CustomAuthenticator, class_name: a.LogIn}"));
        var components = Components(ComponentRegistration.Of<IAuthenticator>("a.LogIn", parts => new LogIn(parts.Calls)));
        await ReadAsync(manifest, components);
        Assert.Equal(["/login", "/items"], Source.Requests.Select(request => request.Target));
        Assert.Equal("""[{"id":1,"n":"7"},{"id":2,"n":"8"}]""", Source.Requests[1]["X-Token"]);

        var refusing = new ConnectorFixture(new StubSource(_ => StubSource.Json("{}", 403)));
        var stream = (await OpenAsync(refusing, manifest, components)).Streams[0];
        var step = Assert.Single(await StepsAsync(stream, StreamSlice.Whole));
        Assert.Contains("/login was answered with status 403", Assert.IsType<ReadFailed>(step).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_transformation_a_filter_an_extractor_and_a_normalisation_change_records()
    {
        var manifest = Manifest("""
            - type: DeclarativeStream
              name: items
              transformations: [{type: CustomTransformation, class_name: a.Double}, {type: AddFields, fields: [{path: [after], value: "{{ record.doubled }}"}]}]
              schema_loader: {type: InlineSchemaLoader, schema: {properties: {n: {type: integer}}}}
              retriever:
                type: SimpleRetriever
                requester: {type: HttpRequester, url_base: "https://api.example.com", path: items}
                record_selector:
                  type: RecordSelector
                  schema_normalization: {type: CustomSchemaNormalization, class_name: a.Types}
                  extractor: {type: CustomRecordExtractor, class_name: a.Twice, field_path: []}
                  record_filter: {type: CustomRecordFilter, class_name: a.OnlyOne}

            """);
        var records = await ReadAsync(manifest, Components(
            ComponentRegistration.Of<ITransformation>("a.Double", _ => new Change(record => record["doubled"] = record["n"].ToString() + record["n"])),
            ComponentRegistration.Of<ISchemaNormalisation>("a.Types", _ => new Types()),
            ComponentRegistration.Of<IRecordExtractor>("a.Twice", parts => new Twice(parts.BuiltIn<IRecordExtractor>("DpathExtractor"))),
            ComponentRegistration.Of<IRecordFilter>("a.OnlyOne", _ => new OnlyOne())));
        const string Record = """{"id":1,"n":7,"doubled":"77","after":77}""";
        Assert.Equal([Record, Record], records);
    }

    [Fact]
    public async Task a_paging_strategy_is_made_from_one_of_the_format()
    {
        var manifest = Manifest(Stream("items", "paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}, pagination_strategy: {type: CustomPaginationStrategy, class_name: a.Three, page_size: 2}}"));
        await ReadAsync(manifest, Components(ComponentRegistration.Of<IPaginationStrategy>("a.Three", parts => new AtMost(3, parts.BuiltIn<IPaginationStrategy>("PageIncrement")))));
        Assert.Equal(["/items", "/items?page=1", "/items?page=2"], Source.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task a_requester_an_error_handler_and_a_backoff_strategy_decide_about_calls()
    {
        var answers = new Queue<int>([418, 200]);
        var fixture = new ConnectorFixture(new StubSource(_ => StubSource.Json("[]", answers.Dequeue())));
        var manifest = Manifest("""
            - type: DeclarativeStream
              name: items
              retriever:
                type: SimpleRetriever
                requester:
                  type: CustomRequester
                  class_name: a.Put
                  url_base: https://api.example.com
                  path: items
                  request_parameters: {a: "{{ 1 + 1 }}"}
                  error_handler: {type: CustomErrorHandler, class_name: a.Teapot, backoff_strategies: [{class_name: a.NoTime}]}
                record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}

            """);
        var components = Components(
            ComponentRegistration.Of<IRequestChange>("a.Put", _ => new Put()),
            ComponentRegistration.Of<IErrorHandler>("a.Teapot", parts => new Teapot(parts.BuiltIn<IErrorHandler>("DefaultErrorHandler"))),
            ComponentRegistration.Of<IBackoffStrategy>("a.NoTime", _ => new NoTime()));
        var stream = (await OpenAsync(fixture, manifest, components)).Streams[0];
        var steps = await StepsAsync(stream, StreamSlice.Whole);
        var wait = Assert.IsType<ReadWaits>(Assert.Single(steps));
        Assert.Equal(fixture.Time.GetUtcNow() + TimeSpan.FromSeconds(43), wait.Until);
        Assert.Contains("a teapot", wait.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_requester_of_ones_own_keeps_the_formats_fields()
    {
        var manifest = Manifest("""
            - type: DeclarativeStream
              name: items
              retriever:
                type: SimpleRetriever
                requester: {type: CustomRequester, class_name: a.Put, url_base: "https://api.example.com", path: items, request_parameters: {a: "{{ 1 + 1 }}"}}
                record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}

            """);
        await ReadAsync(manifest, Components(ComponentRegistration.Of<IRequestChange>("a.Put", _ => new Put())));
        var request = Assert.Single(Source.Requests);
        Assert.Equal(("PUT", "/items?a=2&b=3", """{"c":4}"""), (request.Method, request.Target, request.Body));
    }

    [Fact]
    public async Task a_decoder_and_a_retriever_replace_the_formats()
    {
        var decoding = Manifest(Stream("items", "decoder: {type: CustomDecoder, class_name: a.Lengths}"));
        Assert.Equal(["""{"length":35}"""], await ReadAsync(decoding, Components(ComponentRegistration.Of<IBodyDecoder>("a.Lengths", _ => new Lengths()))));

        var retrieving = Manifest("- {type: DeclarativeStream, name: items, retriever: {type: CustomRetriever, class_name: a.Fixed}}\n");
        Assert.Equal(["""{"fixed":true}"""], await ReadAsync(retrieving, Components(ComponentRegistration.Of<IRetriever>("a.Fixed", _ => new Fixed()))));
    }

    [Fact]
    public async Task a_partition_router_reads_its_parents_and_a_cursor_plans_windows()
    {
        var manifest = Manifest(Stream("items", """
            partition_router: {type: CustomPartitionRouter, class_name: a.ByParent, parent_stream_configs: [{stream: {name: parents, retriever: {requester: {type: HttpRequester, url_base: "https://api.example.com", path: parents}, record_selector: {extractor: {field_path: []}}}}}]}
            """.TrimEnd(), "incremental_sync: {type: CustomIncrementalSync, class_name: a.Days, cursor_field: day, datetime_format: \"%Y-%m-%d\", start_datetime: \"2024-01-08\", step: P1D, cursor_granularity: P1D}"));
        var components = Components(
            ComponentRegistration.Of<IPartitionRouter>("a.ByParent", parts => new ByParent(parts.Parents[0])),
            ComponentRegistration.Of<IStreamCursor>("a.Days", parts => parts.BuiltIn<IStreamCursor>("DatetimeBasedCursor")));
        var stream = (await OpenAsync(new ConnectorFixture(Source), manifest, components)).Streams[0];
        var slices = (await PlanAsync(stream)).Cast<SlicesPlanned>().SelectMany(batch => batch.Slices).ToList();
        Assert.Equal(["""{"parent":1}""", """{"parent":2}"""], slices.Select(slice => slice.Partition).Distinct());
        Assert.Equal(["2024-01-08", "2024-01-09"], slices.Where(slice => slice.Partition == """{"parent":1}""").Select(slice => slice.Window!.Start));
    }

    [Fact]
    public async Task a_schema_loader_describes_the_stream()
    {
        var manifest = Manifest(Stream("items", stream: "schema_loader: {type: CustomSchemaLoader, class_name: a.Schema}"));
        var source = await OpenAsync(new ConnectorFixture(Source), manifest, Components(ComponentRegistration.Of<ISchemaLoader>("a.Schema", _ => new Schema())));
        using var output = new MemoryStream();
        var load = Assert.IsType<ConnectorLoaded>(Connector.Load(manifest, "m.yaml", Components(ComponentRegistration.Of<ISchemaLoader>("a.Schema", _ => new Schema()))));
        await new Penstock.Connectors.Protocol.AirbyteSource(load.Connector, new ConnectorFixture(Source).Options, output).DiscoverAsync("{}"u8.ToArray());
        Assert.Contains("\"json_schema\":{\"title\":\"mine\"}", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        Assert.Empty(source.Blocked);
    }
}

using System.Text;
using Penstock.Connectors.Configs;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests;

public class ConnectorTests
{
    private const string Cursor = """incremental_sync: {type: DatetimeBasedCursor, cursor_field: updated, datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01", step: P5D, cursor_granularity: P1D, start_time_option: {type: RequestOption, inject_into: request_parameter, field_name: since}}""";

    [Fact]
    public async Task a_stream_is_planned_read_and_advanced()
    {
        var source = new StubSource(_ => StubSource.Json("""[{"id":1,"updated":"2024-01-03"},{"id":2,"updated":"2024-01-02"}]"""));
        var stream = await new ConnectorFixture(source).StreamAsync(Manifest(Stream("items", stream: Cursor + "\n  primary_key: [id]")), "items");
        var slices = Assert.IsType<SlicesPlanned>(Assert.Single(await PlanAsync(stream))).Slices;
        Assert.Equal(["2024-01-01..2024-01-05", "2024-01-06..2024-01-10"], slices.Select(slice => $"{slice.Window!.Start}..{slice.Window.End}"));
        var pages = new List<PageRead>();
        await foreach (var step in stream.ReadAsync(slices[0], null)) pages.Add(Assert.IsType<PageRead>(step));
        Assert.Equal("/items?since=2024-01-01", Assert.Single(source.Requests).Target);
        var greatest = Assert.Single(pages).GreatestCursor;
        Assert.Equal("""{"updated":"2024-01-03"}""", stream.Advance(null, [new CompleteSlice(slices[0], greatest), new CompleteSlice(slices[1], null)]));
        Assert.Equal("id", Assert.Single(Assert.Single(stream.PrimaryKey)));
        Assert.Equal("updated", stream.CursorField);
    }

    [Fact]
    public async Task a_filter_may_look_at_the_cursors_own_field()
    {
        var source = new StubSource(_ => StubSource.Json("""[{"updated":"2024-01-03"},{"updated":"2023-12-31"}]"""));
        var manifest = Manifest(Stream("items", stream: Cursor)).Replace("field_path: []}}", "field_path: []}, record_filter: {type: RecordFilter, condition: \"{{ record['updated'] >= stream_slice['start_time'] }}\"}}");
        var stream = await new ConnectorFixture(source).StreamAsync(manifest, "items");
        var records = await RecordsAsync(stream, new StreamSlice("{}", new SliceWindow("2024-01-01", "2024-01-05")));
        Assert.Equal("""{"updated":"2024-01-03"}""", Assert.Single(records));
    }

    [Fact]
    public async Task a_plan_that_is_taken_up_again_sees_the_same_now()
    {
        var fixture = new ConnectorFixture(new StubSource());
        var stream = await fixture.StreamAsync(Manifest(Stream("items", stream: Cursor)), "items");
        var request = new PlanRequest(NoCursors.Instance, AsOf: fixture.Time.GetUtcNow());
        var before = Assert.IsType<SlicesPlanned>((await PlanAsync(stream, request))[0]).Slices;
        fixture.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(before, Assert.IsType<SlicesPlanned>((await PlanAsync(stream, request))[0]).Slices);
    }

    [Fact]
    public async Task a_partition_without_a_state_begins_where_the_stream_as_a_whole_stands()
    {
        const string Router = "partition_router: {type: ListPartitionRouter, cursor_field: region, values: [eu, us]}";
        var stream = await new ConnectorFixture(new StubSource()).StreamAsync(Manifest(Stream("items", Router, Cursor)), "items");
        var states = new States { ["{}"] = """{"updated":"2024-01-08"}""", ["""{"region":"us"}"""] = """{"updated":"2024-01-09"}""" };
        var slices = Assert.IsType<SlicesPlanned>((await PlanAsync(stream, new PlanRequest(states)))[0]).Slices;
        Assert.Equal(["2024-01-08", "2024-01-09"], slices.Select(slice => slice.Window!.Start));
    }

    [Fact]
    public async Task a_stream_with_the_authors_code_is_blocked_and_its_neighbours_run()
    {
        var manifest = Manifest(Stream("items"), Stream("broken", requester: ", authenticator: {type: CustomAuthenticator, class_name: source.Auth}"));
        var connector = Load(manifest);
        Assert.Contains(connector.Problems, problem => problem.Path == "streams[1].retriever.requester.authenticator" && problem.Message.Contains("CustomAuthenticator"));
        var opened = await new ConnectorFixture(new StubSource(_ => StubSource.Json("[{}]"))).OpenAsync(manifest);
        Assert.Equal("items", Assert.Single(opened.Streams).Name);
        var blocked = Assert.Single(opened.Blocked);
        Assert.Equal("broken", blocked.Name);
        Assert.Equal(ProblemSeverity.Error, Assert.Single(blocked.Problems).Severity);
    }

    [Theory]
    [InlineData("incremental_sync: {type: DatetimeBasedCursor, cursor_field: u, datetime_format: \"%Y\", start_datetime: \"2024-01-01\"}", "isn't a datetime")]
    [InlineData("incremental_sync: {type: DatetimeBasedCursor, cursor_field: u, datetime_format: \"%Y\", start_datetime: \"2024\", step: P1Y}", "cursor_granularity")]
    [InlineData("incremental_sync: {type: DatetimeBasedCursor, cursor_field: u, datetime_format: \"%Y\", start_datetime: \"{{ config.x.y }}\"}", "streams[0].incremental_sync")]
    [InlineData("incremental_sync: {type: NoSuchCursor}", "NoSuchCursor")]
    public async Task a_cursor_that_cannot_work_blocks_its_stream_with_the_reason(string cursor, string expected)
    {
        var opened = await new ConnectorFixture(new StubSource()).OpenAsync(Manifest(Stream("items", stream: cursor)));
        Assert.Contains(expected, string.Join("\n", Assert.Single(opened.Blocked).Problems));
    }

    [Theory]
    [InlineData(", authenticator: {type: SessionTokenAuthenticator, login_requester: {type: Nothing}, session_token_path: [t], request_authentication: {type: Bearer}}")]
    [InlineData(", error_handler: {type: DefaultErrorHandler, max_retries: \"{{ 1/0 }}\"}")]
    [InlineData(", authenticator: {type: BearerAuthenticator, api_token: null}")]
    public async Task a_component_that_two_streams_share_blocks_both_if_it_cannot_work(string requester)
    {
        var opened = await new ConnectorFixture(new StubSource()).OpenAsync(Manifest(Stream("one", requester: requester), Stream("two", requester: requester), Stream("items")));
        Assert.Equal(["one", "two"], opened.Blocked.Select(stream => stream.Name));
        Assert.Equal("items", Assert.Single(opened.Streams).Name);
    }

    [Fact]
    public async Task a_state_that_cannot_be_read_fails_the_plan_not_the_process()
    {
        var stream = await new ConnectorFixture(new StubSource()).StreamAsync(Manifest(Stream("items", stream: Cursor)), "items");
        var failed = Assert.IsType<PlanFailed>(Assert.Single(await PlanAsync(stream, new PlanRequest(new States { ["{}"] = """{"updated":"nonsense"}""" }))));
        Assert.Equal(SourceErrorKind.Config, failed.Error.Kind);
    }

    [Fact]
    public async Task a_config_is_checked_and_its_values_stay_secret()
    {
        const string Spec = """
            spec: {type: Spec, connection_specification: {type: object, required: [key, site], properties: {key: {type: string, pattern: "^k-", airbyte_secret: true}, site: {type: string}, n: {type: integer, maximum: 5}}}}

            """;
        var refused = Assert.IsType<ConfigRefused>(await Load(Manifest(Stream("items")) + Spec).OpenAsync("""{"key":"top-secret","n":9}"""u8, new ConnectorFixture(new StubSource()).Options));
        Assert.Equal(["key", "n", "site"], refused.Problems.Select(problem => problem.Path).Order());
        Assert.All(refused.Problems, problem => Assert.DoesNotContain("top-secret", problem.ToString()));
        Assert.IsType<ConfigRefused>(await Load(Manifest(Stream("items"))).OpenAsync("no json"u8, new ConnectorFixture(new StubSource()).Options));
    }

    [Fact]
    public async Task what_the_config_lacks_has_the_specifications_default()
    {
        const string Spec = """
            spec: {type: Spec, connection_specification: {type: object, properties: {site: {type: string, default: "https://eu.example.com"}}}}

            """;
        var source = new StubSource(_ => StubSource.Json("[]"));
        var manifest = Manifest(Stream("items")).Replace("https://api.example.com", "{{ config['site'] }}") + Spec;
        var stream = await new ConnectorFixture(source).StreamAsync(manifest, "items");
        await RecordsAsync(stream, StreamSlice.Whole);
        Assert.Equal("eu.example.com", Assert.Single(source.Requests).Url.Host);
    }

    [Fact]
    public async Task a_child_stream_gets_its_parents_values()
    {
        var source = new StubSource(request => StubSource.Json(request.Url.AbsolutePath == "/items" ? """[{"id":7,"kind":"k"}]""" : """[{"ok":true}]"""));
        var child = Stream("parts", """
            partition_router:
                  type: SubstreamPartitionRouter
                  parent_stream_configs:
                  - {type: ParentStreamConfig, parent_key: id, partition_field: item, extra_fields: [[kind]], stream: "#/streams/0"}
            """).Replace("/parts", "/items/{{ stream_partition.item }}/{{ stream_slice.extra_fields['kind'] }}");
        var stream = await new ConnectorFixture(source).StreamAsync(Manifest(Stream("items"), child), "parts");
        var slice = Assert.Single(Assert.IsType<SlicesPlanned>(Assert.Single(await PlanAsync(stream))).Slices);
        Assert.Equal("""{"ok":true}""", Assert.Single(await RecordsAsync(stream, slice)));
        Assert.Equal("/items/7/k", source.Requests[^1].Target);
    }

    [Fact]
    public async Task conditional_streams_depend_on_the_config()
    {
        var manifest = Manifest(Stream("items"), "- type: ConditionalStreams\n  condition: \"{{ config['more'] }}\"\n  streams:\n" + Stream("extra").Replace("\n", "\n  ").Insert(0, "  ").TrimEnd() + "\n");
        Assert.Equal(["items", "extra"], (await new ConnectorFixture(new StubSource()).OpenAsync(manifest, """{"more":true}""")).Streams.Select(stream => stream.Name));
        Assert.Equal(["items"], (await new ConnectorFixture(new StubSource()).OpenAsync(manifest, """{"more":false}""")).Streams.Select(stream => stream.Name));
    }

    [Theory]
    [InlineData(200, "[]", true)]
    [InlineData(401, "{}", false)]
    public async Task a_check_reads_the_named_streams(int status, string body, bool passes)
    {
        var opened = await new ConnectorFixture(new StubSource(_ => StubSource.Json(body, status))).OpenAsync(Manifest(Stream("items")));
        Assert.Equal(passes, await opened.CheckAsync() is CheckPassed);
    }

    [Fact]
    public async Task checks_of_dynamic_streams_and_values_that_a_check_overrides_are_kept_to()
    {
        var source = new StubSource(request => StubSource.Json("[]", request.Target == "/b" ? 404 : 200));
        const string Template = "stream_template: {type: DeclarativeStream, name: '{{ 1 }}', retriever: {type: SimpleRetriever, requester: {type: HttpRequester, url_base: \"https://{{ config['host'] }}\", path: x}, record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}}}";
        const string Resolver = "components_resolver: {type: ParametrizedComponentsResolver, stream_parameters: {type: StreamParametersDefinition, list_of_parameters_for_stream: [{path: a}, {path: b}]}, components_mapping: [{type: ComponentMappingDefinition, field_path: [name], value: \"{{ components_values.path }}\"}, {type: ComponentMappingDefinition, field_path: [retriever, requester, path], value: \"{{ components_values.path }}\"}]}";
        string Yaml(string count) => $"""
            version: 6.0.0
            type: DeclarativeSource
            check: {"{"}type: CheckStream, config_overrides: {"{"}host: override.example{"}"}, dynamic_streams_check_configs: [{"{"}type: DynamicStreamCheckConfig, dynamic_stream_name: many{count}{"}"}]{"}"}
            dynamic_streams: [{"{"}type: DynamicDeclarativeStream, name: many, {Template}, {Resolver}{"}"}]
            """;
        async Task<string> CheckAsync(string yaml)
        {
            using var output = new MemoryStream();
            await new Penstock.Connectors.Protocol.AirbyteSource(Load(yaml), new ConnectorFixture(source).Options, output).CheckAsync("{\"host\":\"given.example\"}"u8.ToArray());
            return Encoding.UTF8.GetString(output.ToArray());
        }

        Assert.Contains("SUCCEEDED", await CheckAsync(Yaml(", stream_count: 1")), StringComparison.Ordinal);
        Assert.Equal("override.example", Assert.Single(source.Requests).Url.Host);
        Assert.Contains("FAILED", await CheckAsync(Yaml("")), StringComparison.Ordinal);
        Assert.Contains("the dynamic stream others", await CheckAsync(Yaml("").Replace("dynamic_stream_name: many", "dynamic_stream_name: others", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private sealed class States : Dictionary<string, string>, ICursorStates
    {
        public ValueTask<string?> FindAsync(string partition, CancellationToken cancellationToken = default) => ValueTask.FromResult(this.GetValueOrDefault(partition));
    }
}

using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.DynamicStreams;

public class DynamicStreamTests
{
    private const string Template = """
          stream_template:
            type: DeclarativeStream
            name: ""
            primary_key: []
            retriever:
              type: SimpleRetriever
              $parameters: {table: ""}
              requester: {type: HttpRequester, url_base: "https://api.example.com", path: "/{{ parameters['table'] }}"}
              record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}

        """;

    [Fact]
    public async Task each_record_of_an_answer_becomes_a_stream()
    {
        var source = new StubSource(request => StubSource.Json(request.Target == "/tables" ? """[{"id":"t1","name":"One"},{"id":"t2","name":"Two"}]""" : "[{}]"));
        const string Resolver = """
              components_resolver:
                type: HttpComponentsResolver
                retriever:
                  type: SimpleRetriever
                  requester: {type: HttpRequester, url_base: "https://api.example.com", path: /tables}
                  record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
                components_mapping:
                - {type: ComponentMappingDefinition, field_path: [name], value: "{{ components_values['name'] }}"}
                - {type: ComponentMappingDefinition, field_path: [retriever, "$parameters", table], value: "{{ components_values['id'] }}"}

            """;
        var opened = await new ConnectorFixture(source).OpenAsync(Manifest(Template, Resolver));
        Assert.Equal(["One", "Two"], opened.Streams.Select(stream => stream.Name));
        await RecordsAsync(opened.Streams[1], StreamSlice.Whole);
        Assert.Equal("/t2", source.Requests[^1].Target);
    }

    [Fact]
    public async Task each_entry_of_the_config_becomes_a_stream_and_values_may_be_yaml()
    {
        const string Resolver = """
              components_resolver:
                type: ConfigComponentsResolver
                stream_config: {type: StreamConfig, configs_pointer: [reports]}
                components_mapping:
                - {type: ComponentMappingDefinition, field_path: [name], value: "{{ components_values['name'] }}"}
                - {type: ComponentMappingDefinition, field_path: ["**", table], value: "{{ components_values['table'] }}", value_type: string}
                - {type: ComponentMappingDefinition, field_path: [primary_key], value: "[{{ components_values['key'] }}]", condition: "{{ 'key' in components_values }}"}
                - {type: ComponentMappingDefinition, field_path: [retriever, requester, http_method], value: POST, create_or_update: true}

            """;
        var source = new StubSource(_ => StubSource.Json("[]"));
        var opened = await new ConnectorFixture(source).OpenAsync(Manifest(Template, Resolver), """{"reports":[{"name":"a","table":"01","key":"id"},{"name":"b","table":"02"}]}""");
        Assert.Equal(["a", "b"], opened.Streams.Select(stream => stream.Name));
        Assert.Equal("id", Assert.Single(Assert.Single(opened.Streams[0].PrimaryKey)));
        Assert.Empty(opened.Streams[1].PrimaryKey);
        await RecordsAsync(opened.Streams[0], StreamSlice.Whole);
        Assert.Equal(("POST", "/01"), (Assert.Single(source.Requests).Method, source.Requests[0].Target));
    }

    [Fact]
    public async Task a_source_that_cannot_tell_its_streams_is_a_result()
    {
        const string Resolver = """
              components_resolver:
                type: HttpComponentsResolver
                retriever:
                  type: SimpleRetriever
                  requester: {type: HttpRequester, url_base: "https://api.example.com", path: /tables}
                  record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
                components_mapping: []

            """;
        var fixture = new ConnectorFixture(new StubSource(_ => StubSource.Json("{}", 403)));
        var unknown = Assert.IsType<StreamsUnknown>(await Load(Manifest(Template, Resolver)).OpenAsync("{}"u8, fixture.Options));
        Assert.Contains("Which streams", unknown.Error.Message);
    }

    private static string Manifest(params string[] parts) =>
        "version: 6.0.0\ntype: DeclarativeSource\ncheck: {type: CheckDynamicStream, stream_count: 1}\ndynamic_streams:\n- type: DynamicDeclarativeStream\n" + string.Concat(parts.Select(Indented));

    // The parts stand at different depths in this file; in the manifest they are siblings.
    private static string Indented(string part)
    {
        var lines = part.Split('\n');
        var depth = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length >= depth ? "  " + line[depth..] : line));
    }
}

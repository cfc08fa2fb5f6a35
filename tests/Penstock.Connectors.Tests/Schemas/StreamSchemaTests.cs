using System.Text;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using Penstock.Connectors.Values.Json;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Schemas;

public class StreamSchemaTests
{
    private const string Dynamic = """
        schema_loader:
            type: DynamicSchemaLoader
            retriever:
              type: SimpleRetriever
              requester: {type: HttpRequester, url_base: "https://api.example.com", path: /schema}
              record_selector: {type: RecordSelector, extractor: {type: DpathExtractor, field_path: []}}
            schema_transformations: [{type: KeysToLower}]
            schema_type_identifier:
              schema_pointer: [fields]
              key_pointer: [name]
              type_pointer: [type]
              types_mapping:
              - {current_type: count, target_type: integer}
              - {current_type: choice, target_type: number, condition: "{{ raw_schema.options == 'numeric' }}"}
              - {current_type: choice, target_type: string}
              - {current_type: many, target_type: {field_type: array, items: string}}
              - {current_type: either, target_type: [string, number]}
        """;

    [Fact]
    public async Task the_source_describes_the_fields_once()
    {
        const string Fields = """[{"fields":[{"name":"A","type":"count"},{"name":"B","type":"choice","options":"numeric"},{"name":"C","type":"choice"},{"name":"D","type":"many"},{"name":"E","type":"either"},{"name":"F"}]}]""";
        var source = new StubSource(_ => StubSource.Json(Fields));
        var stream = (DeclarativeStream)await new ConnectorFixture(source).StreamAsync(Manifest(Stream("items", stream: Dynamic)), "items");
        var schema = ValueJsonWriter.ToText((await stream.Schema!.FindAsync(default)).AsDict!.Find("properties"));
        Assert.Equal(
            """{"a":{"type":["null","integer"]},"b":{"type":["null","number"]},"c":{"type":["null","string"]},"d":{"type":["null","array"],"items":{"type":["null","string"]}},"e":{"oneOf":[{"type":["null","string"]},{"type":["null","number"]}]},"f":{"type":["null","string"]}}""",
            schema);
        await stream.Schema.FindAsync(default);
        Assert.Single(source.Requests);
        Assert.Equal("{}", Encoding.UTF8.GetString(stream.JsonSchema.Span));
    }

    [Fact]
    public async Task normalisation_asks_for_the_schema_and_a_failure_is_a_result()
    {
        var source = new StubSource(request => StubSource.Json(request.Target == "/schema" ? """[{"fields":[{"name":"n","type":"count"}]}]""" : """[{"n":"7"}]"""));
        var manifest = Manifest(Stream("items", stream: Dynamic).Replace("{type: RecordSelector,", "{type: RecordSelector, schema_normalization: Default,"));
        var stream = await new ConnectorFixture(source).StreamAsync(manifest, "items");
        Assert.Equal("""{"n":7}""", Assert.Single(await RecordsAsync(stream, StreamSlice.Whole)));

        stream = await new ConnectorFixture(new StubSource(_ => StubSource.Json("{}", 403))).StreamAsync(manifest, "items");
        await foreach (var step in stream.ReadAsync(StreamSlice.Whole, null)) Assert.Contains("schema", Assert.IsType<ReadFailed>(step).Error.Message);
    }

    [Fact]
    public async Task of_several_loaders_the_first_that_has_a_property_gives_it()
    {
        const string Loaders = "schema_loader: [{type: InlineSchemaLoader, schema: {properties: {a: {type: string}}}}, {type: InlineSchemaLoader, schema: {properties: {a: {type: number}, b: {type: number}}}}]";
        var stream = await new ConnectorFixture(new StubSource()).StreamAsync(Manifest(Stream("items", stream: Loaders)), "items");
        Assert.Contains("""{"a":{"type":"string"},"b":{"type":"number"}}""", Encoding.UTF8.GetString(stream.JsonSchema.Span).Replace("""{"b":{"type":"number"},"a":{"type":"string"}}""", """{"a":{"type":"string"},"b":{"type":"number"}}"""));
    }
}

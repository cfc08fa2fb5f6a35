using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values.Json;
using static Penstock.Connectors.Tests.Retrieval.StubSource;

namespace Penstock.Connectors.Tests.Retrieval;

public class QueryPropertiesTests
{
    private static string With(string parameter, string paginator = "") => ReadingFixture.Plain
        .Replace("path: items }", $"path: items, {parameter} }}") + paginator;

    private const string Listed = "request_parameters: { a: \"1\", fields: { type: QueryProperties, property_list: [p1, p2, p3], always_include_properties: [id], property_chunking: { type: PropertyChunking, property_limit_type: property_count, property_limit: 2 } } }";

    [Fact]
    public async Task A_records_parts_from_several_requests_are_put_together()
    {
        var source = new StubSource(
            Json("""{"data":[{"id":"1","p":{"p1":1,"p2":2}},{"id":"2","p":{"p1":3}},{"p":"no id"}],"next":"x"}"""),
            Json("""{"data":[{"id":"2","p":{"p3":4}},{"id":"1","p":{"p3":5},"z":6}],"next":"x"}"""),
            Json("""{"data":[]}"""),
            Json("""{"data":[]}"""));
        var reading = await new ReadingFixture(source).ReadAsync(With(
            Listed, "\npaginator: { type: DefaultPaginator, page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }, pagination_strategy: { type: CursorPagination, cursor_value: \"{{ response.next }}\", stop_condition: \"{{ last_page_size == 0 }}\" } }"));
        Assert.Null(reading.Error);
        Assert.Equal(["""{"p":"no id"}""", """{"id":"1","p":{"p1":1,"p2":2,"p3":5},"z":6}""", """{"id":"2","p":{"p1":3,"p3":4}}"""], reading.Records);
        Assert.Equal(
            ["?a=1&fields=id%2Cp1%2Cp2", "?a=1&fields=id%2Cp3", "?a=1&fields=id%2Cp1%2Cp2&after=x", "?a=1&fields=id%2Cp3&after=x"],
            source.Requests.Select(request => request.Url.Query));
        Assert.Equal("""{"token":"x"}""", reading.Pages[0].NextPosition);
        Assert.Equal(4, reading.Pages.Sum(page => page.Calls.Made));
    }

    [Fact]
    public async Task Templates_may_use_the_properties_themselves()
    {
        var source = new StubSource(_ => Json("""{"data":[{"id":1}]}"""));
        await new ReadingFixture(source).ReadAsync(With(
            "query_properties: { type: QueryProperties, property_list: [a, b] }, request_parameters: { f: \"{{ query_properties|join('+') }}\" }"));
        Assert.Equal("?f=a%2Bb", Assert.Single(source.Requests).Url.Query);
    }

    [Fact]
    public async Task The_source_may_tell_its_properties_which_is_asked_once()
    {
        var source = new StubSource(request => Json(request.Url.AbsolutePath == "/v1/props" ? """{"p":[{"name":{"x":"a"}},{"name":{"x":"b"}}]}""" : """{"data":[{"id":1}]}"""));
        var fixture = new ReadingFixture(source);
        var retriever = fixture.Build(With(
            "fetch_properties_from_endpoint: { type: PropertiesFromEndpoint, property_field_path: [name, x], retriever: { type: SimpleRetriever, requester: { type: HttpRequester, url_base: \"https://api.example.com/v1\", path: props }, record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [p] } } } }, request_parameters: { f: \"{{ query_properties|join(';') }}\" }"))!;
        await fixture.ReadAsync(retriever);
        await fixture.ReadAsync(retriever);
        Assert.Equal(["/v1/props", "/v1/items?f=a%3Bb", "/v1/items?f=a%3Bb"], source.Requests.Select(request => request.Target));
    }

    [Fact]
    public async Task Properties_that_cannot_be_asked_for_end_the_reading()
    {
        var source = new StubSource(_ => Json("", 403));
        var reading = await new ReadingFixture(source).ReadAsync(With(
            "fetch_properties_from_endpoint: { type: PropertiesFromEndpoint, property_field_path: [n], retriever: { type: SimpleRetriever, requester: { type: HttpRequester, url_base: \"https://api.example.com/v1\", path: props }, record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [p] } } } }, request_parameters: { f: \"{{ query_properties|join(';') }}\" }"));
        Assert.Equal(SourceErrorKind.Config, reading.Error!.Kind);
    }

    [Fact]
    public async Task Only_what_the_schema_has_is_asked_for()
    {
        var source = new StubSource(_ => Json("""{"data":[{"id":1}]}"""));
        var fixture = new ReadingFixture(source) { With = parts => parts with { Schema = _ => new(ValueJsonReader.Read("""{"properties":{"P1":{},"P3":{}}}""")) } };
        await fixture.ReadAsync(With(Listed.Replace("property_limit: 2 }", "property_limit: 2 }, property_selector: { type: JsonSchemaPropertySelector, transformations: [ { type: KeysToLower } ] }")));
        Assert.Equal("?a=1&fields=id%2Cp1%2Cp3", Assert.Single(source.Requests).Url.Query);
    }

    [Theory]
    [InlineData(null, "a bb ccc id")]
    [InlineData(9L, "id a bb|id ccc")]
    [InlineData(4L, "id a|id bb|id ccc")]
    public void Chunks_may_be_limited_by_characters(long? limit, string expected)
    {
        var chunks = new PropertyChunks(limit, true, ["id"]).Split(["a", "bb", "ccc"], ["id"], null);
        Assert.Equal(expected, string.Join('|', chunks.Select(chunk => string.Join(' ', chunk))));
    }
}

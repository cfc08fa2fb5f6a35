using Penstock.Connectors.Manifests;
using Penstock.Connectors.Tests.Retrieval;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;
using static Penstock.Connectors.Tests.Retrieval.StubSource;

namespace Penstock.Connectors.Tests.Http;

public class RequestTests
{
    private static async Task<StubRequest> SentAsync(string requester, string config = "{}", string slice = "{}")
    {
        var source = new StubSource(_ => Json("""{"data":[]}"""));
        var reading = await new ReadingFixture(source) { Config = config, StreamSlice = ValueJsonReader.Read(slice).AsDict! }
            .ReadAsync(ReadingFixture.Plain.Replace("""type: HttpRequester, url_base: "https://api.example.com/v1", path: items""", $"type: HttpRequester, {requester}"));
        Assert.Null(reading.Error);
        return Assert.Single(source.Requests);
    }

    [Theory]
    [InlineData("url_base: \"https://{{ config.host }}/v1/\", path: \"/a/{{ stream_partition.id }}/b\"", "/v1/a/7/b")]
    [InlineData("url: \"https://{{ config.host }}/v2/x\"", "/v2/x")]
    [InlineData("url: \"https://{{ config.host }}/v2\", path: y", "/v2/y")]
    [InlineData("url_base: \"https://{{ config.host }}/v1\"", "/v1")]
    [InlineData("url_base: \"https://{{ config.host }}\", path: \"a b?x=1\"", "/a%20b?x=1")]
    public async Task The_address_is_joined_of_base_and_path(string requester, string target) =>
        Assert.Equal(target, (await SentAsync(requester, """{"host":"api.example.com"}""", """{"id":7}""")).Target);

    [Fact]
    public async Task Parameters_are_sent_as_written_lists_repeat_and_nothing_is_left_out() =>
        Assert.Equal(
            "?n=05&flag=True&many=1&many=2&text=a%26b&none=None",
            (await SentAsync("url: \"https://a.example\", request_parameters: { n: \"05\", flag: \"{{ config.flag }}\", many: \"{{ [1, 2] }}\", text: \"{{ config.text }}\", none: \"{{ None }}\", missing: \"{{ config.missing }}\" }",
                """{"flag":true,"text":"a&b"}""")).Url.Query);

    [Fact]
    public async Task A_parameter_that_the_address_has_already_is_not_sent_twice() =>
        Assert.Equal("?a=1&b=2&b=3", (await SentAsync("url: \"https://a.example/?a=1&b=2\", request_parameters: { a: \"1\", b: \"3\" }")).Url.Query);

    [Fact]
    public async Task Headers_are_texts_and_a_content_type_needs_no_body()
    {
        var sent = await SentAsync("url: \"https://a.example\", request_headers: { X-N: 5, X-T: \"{{ 1 > 0 }}\", Content-Type: application/json, User-Agent: me }");
        Assert.Equal(("5", "True", "application/json", "me"), (sent["X-N"], sent["X-T"], sent["Content-Type"], sent["User-Agent"]));
        Assert.Equal("*/*", sent["Accept"]);
    }

    [Fact]
    public async Task A_JSON_body_keeps_types_and_leaves_out_what_is_none()
    {
        var sent = await SentAsync(
            "url: \"https://a.example\", http_method: POST, request_body_json: { a: 1, b: \"{{ config.list }}\", c: { d: \"{{ config.missing }}\", e: true }, f: [\"{{ 1 + 1 }}\"] }", """{"list":["x"]}""");
        Assert.Equal("""{"a":1,"b":["x"],"c":{"e":true},"f":[2]}""", sent.Body);
        Assert.Equal("application/json", sent["Content-Type"]);
    }

    [Fact]
    public async Task A_form_is_encoded_and_a_text_is_sent_as_it_is()
    {
        Assert.Equal("a=1+2&b=x&b=y", (await SentAsync("url: \"https://a.example\", http_method: POST, request_body_data: { a: 1 2, b: \"{{ ['x', 'y'] }}\" }")).Body);
        var text = await SentAsync("url: \"https://a.example\", http_method: POST, request_body_data: \"a={{ 1 }}&b\"");
        Assert.Equal(("a=1&b", null), (text.Body, text["Content-Type"]));
    }

    [Theory]
    [InlineData("{ type: RequestBodyPlainText, value: \"x {{ 1 }} y\" }", "x 1 y")]
    [InlineData("{ type: RequestBodyUrlEncodedForm, value: { a: b } }", "a=b")]
    [InlineData("{ type: RequestBodyJsonObject, value: { a: 1 } }", "{\"a\":1}")]
    [InlineData("{ type: RequestBodyGraphQL, value: { query: \"query { a }\" } }", "{\"query\":\"query { a }\"}")]
    public async Task Typed_bodies_are_sent(string body, string expected) =>
        Assert.Equal(expected, (await SentAsync($"url: \"https://a.example\", http_method: POST, request_body: {body}")).Body);

    [Fact]
    public async Task Variables_of_the_slices_extra_fields_are_seen_by_name()
    {
        var source = new StubSource(_ => Json("""{"data":[]}"""));
        var fixture = new ReadingFixture(source);
        var built = fixture.Build(ReadingFixture.Plain.Replace("path: items", "path: \"{{ creation_response.id }}\""))!;
        var scope = new Connectors.Retrieval.SliceScope(
            Connectors.Streams.StreamSlice.Whole, new DictValue(), ValueJsonReader.Read("""{"creation_response":{"id":"q"}}""").AsDict);
        await foreach (var _ in built.ReadAsync(scope, null))
        {
        }

        Assert.Equal("/v1/q", source.Requests[0].Target);
    }

    [Theory]
    [InlineData("url: \"{{ config.host }}/x\"", "absolute http address")]
    [InlineData("url: \"https://a.example\", request_headers: { X: \"{{ config.broken }}\" }", "line break")]
    [InlineData("url: \"https://a.example\", request_parameters: { q: \"{{ config.missing.key }}\" }, path: \"{{ config.missing.key }}\"", "template")]
    public async Task A_request_that_cannot_be_made_is_a_clear_error(string requester, string message)
    {
        var reading = await new ReadingFixture(new StubSource()) { Config = """{"host":"nowhere","broken":"a\nb: c"}""" }
            .ReadAsync(ReadingFixture.Plain.Replace("""type: HttpRequester, url_base: "https://api.example.com/v1", path: items""", $"type: HttpRequester, {requester}"));
        Assert.Contains(message, reading.Error!.Message);
    }

    [Theory]
    [InlineData("path: items")]
    [InlineData("url: \"https://a.example\", request_parameters: { a: \"{{ oops\" }")]
    [InlineData("url: \"https://a.example\", request_body_json: { a: 1 }, request_body_data: { b: 1 }")]
    public void A_requester_that_cannot_work_is_a_problem_before_it_is_run(string requester)
    {
        var fixture = new ReadingFixture(new StubSource());
        fixture.Build(ReadingFixture.Plain.Replace("""type: HttpRequester, url_base: "https://api.example.com/v1", path: items""", $"type: HttpRequester, {requester}"));
        Assert.Contains(fixture.Problems, problem => problem.Severity == ProblemSeverity.Error && problem.Line > 0);
    }
}

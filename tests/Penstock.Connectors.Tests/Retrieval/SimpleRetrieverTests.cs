using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using static Penstock.Connectors.Tests.Retrieval.StubSource;

namespace Penstock.Connectors.Tests.Retrieval;

public class SimpleRetrieverTests
{
    private const string ByCursor = """
        type: SimpleRetriever
        requester: { type: HttpRequester, url_base: "https://api.example.com/v1/", path: /items, request_parameters: { a: "1" } }
        record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
        paginator:
          type: DefaultPaginator
          page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }
          page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: limit }
          pagination_strategy:
            type: CursorPagination
            page_size: 2
            cursor_value: "{{ response.meta.next }}"
            stop_condition: "{{ not response.meta.next }}"
        """;

    [Fact]
    public async Task Pages_follow_the_sources_token_until_it_gives_none()
    {
        var source = new StubSource(
            Json("""{"data":[{"id":1},{"id":2}],"meta":{"next":"x y"}}"""),
            Json("""{"data":[{"id":3}],"meta":{}}"""));
        var reading = await new ReadingFixture(source).ReadAsync(ByCursor);
        Assert.Equal(["""{"id":1}""", """{"id":2}""", """{"id":3}"""], reading.Records);
        Assert.Equal(["/v1/items?a=1&limit=2", "/v1/items?a=1&after=x+y&limit=2"], source.Requests.Select(request => request.Target));
        Assert.Equal(["""{"token":"x y"}""", null], reading.Pages.Select(page => page.NextPosition));
        Assert.Null(reading.End);
    }

    [Fact]
    public async Task Reading_goes_on_exactly_after_a_page_in_another_process()
    {
        var source = new StubSource(Json("""{"data":[{"id":3}],"meta":{}}"""));
        var reading = await new ReadingFixture(source).ReadAsync(ByCursor, """{"token":"x y"}""");
        Assert.Equal(["""{"id":3}"""], reading.Records);
        Assert.Equal("/v1/items?a=1&after=x+y&limit=2", Assert.Single(source.Requests).Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{\"page\":2}")]
    [InlineData("{\"token\":")]
    public async Task A_position_that_no_page_gave_is_an_error(string position)
    {
        var source = new StubSource();
        var reading = await new ReadingFixture(source).ReadAsync(ByCursor, position);
        Assert.Contains("position", reading.Error!.Message);
        Assert.Empty(source.Requests);
    }

    [Theory]
    [InlineData("start_from_page: 1, inject_on_first_request: true", "?page=1&n=2", "?page=2&n=2", "?page=3&n=2")]
    [InlineData("start_from_page: 1", "?n=2", "?page=2&n=2", "?page=3&n=2")]
    [InlineData("", "?n=2", "?page=1&n=2", "?page=2&n=2")]
    public async Task Page_numbers_go_on_until_a_page_is_not_full(string fields, string first, string second, string third)
    {
        var source = new StubSource(Json("""{"data":[{"id":1},{"id":2}]}"""), Json("""{"data":[{"id":3},{"id":4}]}"""), Json("""{"data":[{"id":5}]}"""));
        var reading = await new ReadingFixture(source).ReadAsync(Numbered($"type: PageIncrement, page_size: 2, {fields}", "page"));
        Assert.Equal(5, reading.Records.Count);
        Assert.Equal([first, second, third], source.Requests.Select(request => request.Url.Query));
    }

    [Fact]
    public async Task Offsets_grow_by_the_records_that_the_source_gave_even_if_a_filter_leaves_some_out()
    {
        var source = new StubSource(Json("""{"data":[{"id":1},{"id":2}]}"""), Json("""{"data":[]}"""));
        var retriever = Numbered("type: OffsetIncrement, page_size: 2, inject_on_first_request: true", "offset")
            .Replace("record_selector: { ", "record_selector: { record_filter: { type: RecordFilter, condition: \"{{ record.id == 2 }}\" }, ");
        var reading = await new ReadingFixture(source).ReadAsync(retriever);
        Assert.Equal(["""{"id":2}"""], reading.Records);
        Assert.Equal([1, 0], reading.Pages.Select(page => page.Filtered));
        Assert.Equal(["?offset=0&n=2", "?offset=2&n=2"], source.Requests.Select(request => request.Url.Query));
    }

    private static string Numbered(string strategy, string field) => ReadingFixture.Plain + $$"""

        paginator:
          type: DefaultPaginator
          page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: {{field}} }
          page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: n }
          pagination_strategy: { {{strategy}} }
        """;

    [Theory]
    [InlineData("https://api.example.com/v1/items?page=2", "/v1/items?page=2")]
    [InlineData("/v2/items?page=2", "/v2/items?page=2")]
    [InlineData("more?page=2", "/v1/more?page=2")]
    public async Task A_token_may_be_the_next_pages_address(string next, string target)
    {
        var source = new StubSource(Json($$"""{"data":[{"id":1}],"next":"{{next}}"}"""), Json("""{"data":[]}"""));
        await new ReadingFixture(source).ReadAsync(ByPath("{{ response.next }}"));
        Assert.Equal(target, source.Requests[1].Target);
    }

    [Fact]
    public async Task Links_of_the_header_lead_on()
    {
        var source = new StubSource(
            Json("""{"data":[{"id":1}]}""", 200, ("Link", "<https://api.example.com/v1/items?p=2>; rel=\"next\"")),
            Json("""{"data":[{"id":2}]}"""));
        var reading = await new ReadingFixture(source).ReadAsync(ByPath("{{ headers['link']['next']['url'] }}", "{{ 'next' not in headers['link'] }}"));
        Assert.Equal(2, reading.Records.Count);
        Assert.Equal("/v1/items?p=2", source.Requests[1].Target);
    }

    [Fact]
    public async Task The_last_record_may_tell_the_next_page()
    {
        var source = new StubSource(Json("""{"data":[{"id":1},{"id":7}]}"""), Json("""{"data":[]}"""));
        await new ReadingFixture(source).ReadAsync(ByPath("items?after={{ last_record['id'] }}", "{{ last_page_size == 0 }}"));
        Assert.Equal("/v1/items?after=7", source.Requests[1].Target);
    }

    private static string ByPath(string cursor, string? stop = null) => ReadingFixture.Plain + $$"""

        paginator:
          type: DefaultPaginator
          page_token_option: { type: RequestPath }
          pagination_strategy:
            type: CursorPagination
            cursor_value: "{{cursor}}"
        """ + (stop is null ? "" : $"\n    stop_condition: \"{stop}\"");

    [Fact]
    public async Task The_same_page_with_the_same_token_twice_ends_with_an_error()
    {
        var source = new StubSource(_ => Json("""{"data":[{"id":1}],"meta":{"next":"same"}}"""));
        var reading = await new ReadingFixture(source).ReadAsync(ByCursor);
        Assert.Equal(SourceErrorKind.System, reading.Error!.Kind);
        Assert.Contains("never end", reading.Error.Message);
        Assert.InRange(source.Requests.Count, 2, 4);
    }

    [Fact]
    public async Task A_longer_loop_of_tokens_ends_with_an_error_too()
    {
        var number = 0;
        var source = new StubSource(_ => Json($$$"""{"data":[{"id":{{{number % 5}}}}],"meta":{"next":"t{{{number++ % 5}}}"}}"""));
        var reading = await new ReadingFixture(source).ReadAsync(ByCursor);
        Assert.Contains("never end", reading.Error!.Message);
        Assert.True(source.Requests.Count < 30);
    }

    [Fact]
    public async Task A_scroll_token_that_stays_the_same_while_pages_differ_is_no_loop()
    {
        var number = 0;
        var source = new StubSource(_ => Json($$$"""{"data":[{"id":{{{number}}}}],"meta":{"next":"{{{(number++ < 40 ? "scroll" : "")}}}"}}"""));
        var reading = await new ReadingFixture(source).ReadAsync(ByCursor);
        Assert.Null(reading.Error);
        Assert.Equal(41, reading.Records.Count);
    }

    [Fact]
    public async Task A_source_that_ignores_the_page_number_is_noticed()
    {
        var source = new StubSource(_ => Json("""{"data":[{"id":1},{"id":2}]}"""));
        var reading = await new ReadingFixture(source).ReadAsync(Numbered("type: PageIncrement, page_size: 2", "page"));
        Assert.Contains("ignore the page token", reading.Error!.Message);
    }

    [Fact]
    public async Task A_response_that_is_not_JSON_is_an_error_and_no_empty_page()
    {
        var reading = await new ReadingFixture(new StubSource(Json("<html>Maintenance</html>"))).ReadAsync(ReadingFixture.Plain);
        Assert.Contains("not JSON", reading.Error!.Message);
        Assert.DoesNotContain("Maintenance", reading.Error.Message);
    }

    [Fact]
    public async Task An_empty_response_has_no_records()
    {
        var reading = await new ReadingFixture(new StubSource(Json("", 204))).ReadAsync(ReadingFixture.Plain);
        Assert.Null(reading.End);
        Assert.Null(Assert.Single(reading.Pages).NextPosition);
    }

    [Fact]
    public async Task Records_are_one_line_each_however_the_source_formats_them()
    {
        var reading = await new ReadingFixture(new StubSource(Json("\uFEFF{\n \"data\": [\r\n {\n\"a\": \"x\\ny\",\n \"b\": 1 } ]\n}\n"))).ReadAsync(ReadingFixture.Plain);
        Assert.Equal("""{ "a": "x\ny",  "b": 1 }""", Assert.Single(reading.Records));
    }

    [Theory]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("18446744073709551616", "18446744073709552000.0")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("123456789012345678.5", "123456789012345678.5")]
    public async Task Integers_beyond_64_bits_become_floats_and_no_other_number_changes(string number, string landed)
    {
        var reading = await new ReadingFixture(new StubSource(Json($$"""{"data":[{"a":[{{number}}],"b":1.10}]}"""))).ReadAsync(ReadingFixture.Plain);
        var expected = landed.EndsWith(".0", StringComparison.Ordinal) ? "1.8446744073709552e19" : landed;
        Assert.Equal($$"""{"a":[{{expected}}],"b":1.10}""", Assert.Single(reading.Records));
    }

    [Fact]
    public async Task A_record_that_is_no_object_is_an_error()
    {
        var reading = await new ReadingFixture(new StubSource(Json("""{"data":["secret"]}"""))).ReadAsync(ReadingFixture.Plain);
        Assert.Contains("must be JSON objects", reading.Error!.Message);
        Assert.DoesNotContain("secret", reading.Error.Message);
    }

    [Fact]
    public async Task A_response_over_the_limit_is_refused_and_says_so()
    {
        var source = new StubSource(Json($$"""{"data":[{"a":"{{new string('x', 5000)}}"}]}"""));
        var reading = await new ReadingFixture(source) { Transport = new() { MaxResponseBytes = 4096 } }.ReadAsync(ReadingFixture.Plain);
        Assert.Contains("larger than the limit of 4096 bytes", reading.Error!.Message);
    }

    [Fact]
    public async Task Slice_options_may_be_left_out_on_later_pages()
    {
        var source = new StubSource(Json("""{"data":[{"id":1}],"meta":{"next":"x"}}"""), Json("""{"data":[]}"""));
        var fixture = new ReadingFixture(source) { With = parts => parts with { SliceOptions = [new FixedOptions("since", "2024")] } };
        await fixture.ReadAsync(ByCursor + "\nignore_stream_slicer_parameters_on_paginated_requests: true");
        Assert.Equal(["?a=1&limit=2&since=2024", "?a=1&after=x&limit=2"], source.Requests.Select(request => request.Url.Query));
    }

    [Fact]
    public async Task Two_components_that_set_the_same_field_collide()
    {
        var fixture = new ReadingFixture(new StubSource()) { With = parts => parts with { SliceOptions = [new FixedOptions("a", "2")] } };
        Assert.Contains("'a'", (await fixture.ReadAsync(ByCursor)).Error!.Message);
    }

    [Fact]
    public async Task Responses_that_are_kept_are_not_asked_for_again()
    {
        var source = new StubSource(_ => Json("""{"data":[{"id":1}]}"""));
        var fixture = new ReadingFixture(source) { With = parts => parts with { UseCache = true } };
        var retriever = fixture.Build(ReadingFixture.Plain)!;
        Assert.Equal((await fixture.ReadAsync(retriever)).Records, (await fixture.ReadAsync(retriever)).Records);
        Assert.Single(source.Requests);
    }
}

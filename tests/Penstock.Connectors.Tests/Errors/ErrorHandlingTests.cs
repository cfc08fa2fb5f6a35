using Penstock.Connectors.Budgets;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.Retrieval.StubSource;

namespace Penstock.Connectors.Tests.Errors;

public class ErrorHandlingTests
{
    private const string One = """{"data":[{"id":1}]}""";

    private static string Handled(string handler) => ReadingFixture.Plain.Replace("path: items }", $"path: items, error_handler: {handler} }}");

    [Theory]
    [InlineData(400, SourceErrorKind.System)]
    [InlineData(401, SourceErrorKind.Config)]
    [InlineData(403, SourceErrorKind.Config)]
    [InlineData(404, SourceErrorKind.System)]
    [InlineData(405, SourceErrorKind.System)]
    public async Task A_status_that_no_second_try_mends_fails_at_once(int status, SourceErrorKind kind)
    {
        var source = new StubSource(_ => Json("""{"error":"token abc is wrong"}""", status));
        var reading = await new ReadingFixture(source).ReadAsync(ReadingFixture.Plain.Replace("path: items", "path: items, request_parameters: { key: secret }"));
        Assert.Equal((kind, (int?)status), (reading.Error!.Kind, reading.Error.Status));
        Assert.Contains("GET https://api.example.com/v1/items", reading.Error.Message);
        Assert.DoesNotContain("secret", reading.Error.Message);
        Assert.DoesNotContain("abc", reading.Error.Message);
        Assert.Single(source.Requests);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(418)]
    public async Task Other_failures_are_tried_again_after_1_2_4_seconds(int status)
    {
        var source = new StubSource(Json("", status), Json("", status), Json(One));
        var fixture = new ReadingFixture(source) { Budget = new Generous() };
        var start = fixture.Time.GetUtcNow();
        Assert.Single((await fixture.ReadAsync(ReadingFixture.Plain)).Records);
        Assert.Equal(TimeSpan.FromSeconds(3), fixture.Time.GetUtcNow() - start);
    }

    [Fact]
    public async Task Tries_end_after_the_declared_number()
    {
        var source = new StubSource(_ => Json("", 503));
        var reading = await new ReadingFixture(source) { Budget = new Generous() }.ReadAsync(Handled("{ type: DefaultErrorHandler, max_retries: \"{{ 2 }}\" }"));
        Assert.Equal(3, source.Requests.Count);
        Assert.Equal(SourceErrorKind.Transient, reading.Error!.Kind);
        Assert.Contains("3 tries", reading.Error.Message);
    }

    [Fact]
    public async Task Tries_end_after_ten_minutes()
    {
        var source = new StubSource(_ => Json("", 503));
        var fixture = new ReadingFixture(source) { Budget = new Generous(), Options = new() { MaxInlineWait = TimeSpan.FromHours(1) } };
        await fixture.ReadAsync(Handled("{ type: DefaultErrorHandler, max_retries: 100, backoff_strategies: [ { type: ConstantBackoffStrategy, backoff_time_in_seconds: 299 } ] }"));
        Assert.Equal(3, source.Requests.Count);
    }

    [Theory]
    [InlineData("type: ConstantBackoffStrategy, backoff_time_in_seconds: 5", 6)]
    [InlineData("type: ConstantBackoffStrategy, backoff_time_in_seconds: \"{{ config['wait'] }}\"", 8)]
    [InlineData("type: ExponentialBackoffStrategy, factor: 3", 7)]
    [InlineData("type: ExponentialBackoffStrategy", 11)]
    [InlineData("type: WaitTimeFromHeader, header: x-wait", 13)]
    [InlineData("type: WaitTimeFromHeader, header: X-Text, regex: \"[0-9]+\"", 15)]
    [InlineData("type: WaitUntilTimeFromHeader, header: x-until", 21)]
    [InlineData("type: WaitUntilTimeFromHeader, header: x-until, min_wait: 30", 31)]
    [InlineData("type: WaitUntilTimeFromHeader, header: nothing, min_wait: 4", 5)]
    [InlineData("type: WaitTimeFromHeader, header: nothing", 1)]
    public async Task A_strategy_says_how_long_to_wait(string strategy, int seconds)
    {
        var source = new StubSource(Json("", 500, ("X-Wait", "12"), ("X-Text", "14 seconds"), ("X-Until", "1749988820")), Json(One));
        var fixture = new ReadingFixture(source) { Config = """{"wait":7}""" };
        var start = fixture.Time.GetUtcNow();
        Assert.Single((await fixture.ReadAsync(Handled($"{{ type: DefaultErrorHandler, backoff_strategies: [ {{ {strategy} }} ] }}"))).Records);
        Assert.Equal(TimeSpan.FromSeconds(seconds), fixture.Time.GetUtcNow() - start);
    }

    [Fact]
    public async Task A_wait_that_the_connector_does_not_allow_ends_the_reading()
    {
        var reading = await new ReadingFixture(new StubSource(Json("", 500, ("x-wait", "30"))))
            .ReadAsync(Handled("{ type: DefaultErrorHandler, backoff_strategies: [ { type: WaitTimeFromHeader, header: x-wait, max_waiting_time_in_seconds: 30 } ] }"));
        Assert.Equal(SourceErrorKind.Transient, reading.Error!.Kind);
        Assert.Contains("asks to wait 30 seconds", reading.Error.Message);
    }

    [Fact]
    public async Task A_wait_longer_than_is_awaited_in_place_is_a_result()
    {
        var fixture = new ReadingFixture(new StubSource(Json("", 429, ("Retry-After", "600")))) { Options = new() { MaxInlineWait = TimeSpan.FromSeconds(10) } };
        var start = fixture.Time.GetUtcNow();
        var wait = Assert.IsType<ReadWaits>((await fixture.ReadAsync(ReadingFixture.Plain)).End);
        Assert.Equal(start.AddSeconds(600), wait.Until);
    }

    [Fact]
    public async Task A_simulated_source_is_not_waited_for()
    {
        var source = new StubSource(Json("", 429, ("Retry-After", "600")), Json(One));
        var fixture = new ReadingFixture(source) { Options = new() { WaitCap = TimeSpan.FromMilliseconds(50) } };
        var start = fixture.Time.GetUtcNow();
        Assert.Single((await fixture.ReadAsync(ReadingFixture.Plain)).Records);
        Assert.True(fixture.Time.GetUtcNow() - start <= TimeSpan.FromMilliseconds(100));
    }

    [Theory]
    [InlineData("http_codes: [404]")]
    [InlineData("error_message_contains: no such")]
    [InlineData("predicate: \"{{ response.error.code == 7 }}\"")]
    [InlineData("predicate: \"{{ headers['x-kind'] == 'gone' and headers['X-Kind'] == 'gone' }}\"")]
    public async Task An_answer_that_is_ignored_has_no_records_and_no_next_page(string filter)
    {
        var source = new StubSource(_ => Json("""{"error":{"code":7,"message":"no such item"}}""", 404, ("X-Kind", "gone")));
        var reading = await new ReadingFixture(source).ReadAsync(Handled($"{{ type: DefaultErrorHandler, response_filters: [ {{ type: HttpResponseFilter, action: IGNORE, {filter} }} ] }}"));
        Assert.Null(reading.End);
        Assert.Null(Assert.Single(reading.Pages).NextPosition);
    }

    [Fact]
    public async Task An_answer_of_200_may_be_an_error()
    {
        var source = new StubSource(_ => Json("""{"ok":false,"why":"plan"}"""));
        var reading = await new ReadingFixture(source).ReadAsync(Handled(
            "{ type: DefaultErrorHandler, response_filters: [ { type: HttpResponseFilter, action: FAIL, failure_type: config_error, predicate: \"{{ response.ok == false }}\", error_message: \"Upgrade your {{ response.why }}.\" } ] }"));
        Assert.Equal(SourceErrorKind.Config, reading.Error!.Kind);
        Assert.Contains("Upgrade your plan.", reading.Error.Message);
    }

    [Fact]
    public async Task The_first_filter_that_matches_decides()
    {
        var source = new StubSource(Json("", 403), Json(One));
        var reading = await new ReadingFixture(source).ReadAsync(Handled(
            "{ type: DefaultErrorHandler, response_filters: [ { type: HttpResponseFilter, http_codes: [403] }, { type: HttpResponseFilter, action: RETRY, http_codes: [403] }, { type: HttpResponseFilter, action: FAIL, http_codes: [403] } ] }"));
        Assert.Single(reading.Records);
    }

    [Fact]
    public async Task Of_several_handlers_one_that_sees_no_failure_decides()
    {
        var source = new StubSource(Json("", 403));
        var reading = await new ReadingFixture(source).ReadAsync(Handled(
            "{ type: CompositeErrorHandler, error_handlers: [ { type: DefaultErrorHandler, response_filters: [ { type: HttpResponseFilter, action: FAIL, http_codes: [403] } ] }, { type: DefaultErrorHandler, response_filters: [ { type: HttpResponseFilter, action: IGNORE, http_codes: [403] } ] } ] }"));
        Assert.Null(reading.End);
    }

    [Fact]
    public async Task A_page_that_is_ignored_although_its_status_is_fine_is_read()
    {
        var reading = await new ReadingFixture(new StubSource(Json(One))).ReadAsync(Handled(
            "{ type: DefaultErrorHandler, response_filters: [ { type: HttpResponseFilter, action: IGNORE, predicate: \"{{ 'data' in response }}\" } ] }"));
        Assert.Single(reading.Records);
    }

    [Fact]
    public async Task A_reset_begins_the_slice_again_once()
    {
        var handler = Handled("{ type: DefaultErrorHandler, response_filters: [ { type: HttpResponseFilter, action: RESET_PAGINATION, http_codes: [410] } ] }");
        Assert.Single((await new ReadingFixture(new StubSource(Json("", 410), Json(One))).ReadAsync(handler)).Records);
        Assert.NotNull((await new ReadingFixture(new StubSource(_ => Json("", 410))).ReadAsync(handler)).Error);
    }

    [Fact]
    public async Task A_network_that_fails_is_tried_again()
    {
        var first = true;
        var source = new StubSource(_ =>
        {
            var fails = first;
            first = false;
            return fails ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused") : Json(One);
        });
        Assert.Single((await new ReadingFixture(source).ReadAsync(ReadingFixture.Plain)).Records);
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_tried_again()
    {
        var source = new StubSource(new HttpResponseMessage { Content = new StreamContent(new BrokenStream()) }, Json(One));
        Assert.Single((await new ReadingFixture(source).ReadAsync(ReadingFixture.Plain)).Records);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("reset by peer");
    }

    private sealed class Generous : IRateBudget
    {
        public ValueTask<BudgetAnswer> AskAsync(Call call, CancellationToken cancellationToken = default) => new(Granted.Instance);

        public ValueTask LearnAsync(Call call, SourceAnswer answer, CancellationToken cancellationToken = default) => default;
    }
}

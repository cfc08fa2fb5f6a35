using Penstock.Connectors.Streams;
using Penstock.Connectors.Tests.Retrieval;
using static Penstock.Connectors.Tests.ConnectorFixture;

namespace Penstock.Connectors.Tests.Authentication;

/// <summary>Several tokens with quotas of their own: who makes the next call, and when there is none to make it.</summary>
public class RateLimitedTokensTests
{
    private readonly Dictionary<string, (int Remaining, string Reset)> _status = new()
    {
        ["one"] = (1, "2024-01-10T01:00:00Z"),
        ["two"] = (1, "2024-01-10T00:30:00Z"),
    };

    [Fact]
    public async Task the_next_token_takes_over_and_with_none_left_it_is_a_wait_until_the_first_reset()
    {
        var source = new StubSource(Answer);
        var steps = await ReadAsync(source, new ConnectorFixture(source));
        Assert.Equal(["Bearer one", "Bearer two"], source.Requests.Where(request => request.Target.StartsWith("/items", StringComparison.Ordinal)).Select(request => request["Authorization"]));
        var wait = Assert.IsType<ReadWaits>(steps[^1]);
        Assert.Equal(new DateTimeOffset(2024, 1, 10, 0, 30, 0, TimeSpan.Zero), wait.Until);
        Assert.Contains("all 2 tokens are out of calls (quota core)", wait.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task after_the_reset_the_source_is_asked_again()
    {
        var source = new StubSource(Answer);
        var fixture = new ConnectorFixture(source);
        var stream = await fixture.StreamAsync(Yaml(), "items", """{"tokens":"one, two"}""");
        var steps = await ReadAsync(stream, null);
        fixture.Time.Advance(TimeSpan.FromMinutes(31));
        _status["two"] = (5, "2024-01-10T02:00:00Z");
        var position = steps.OfType<PageRead>().Last().NextPosition;
        Assert.IsType<PageRead>((await ReadAsync(stream, position))[0]);
        Assert.Equal(4, source.Requests.Count(request => request.Target == "/rate_limit"));
    }

    [Fact]
    public async Task a_wait_that_is_too_long_is_a_failure() =>
        Assert.Contains("longer than max_wait_time", Assert.IsType<ReadFailed>((await ReadAsync(new StubSource(Answer), yaml: Yaml(", max_wait_time: PT10M")))[^1]).Error.Message, StringComparison.Ordinal);

    [Fact]
    public async Task a_source_without_quotas_lets_the_tokens_take_turns()
    {
        var source = new StubSource(request => request.Target == "/rate_limit" ? StubSource.Json("{}", 404) : Answer(request));
        var yaml = Yaml("").Replace("url: \"https://api.example.com/rate_limit\"", "url: \"https://api.example.com/rate_limit\", unavailable_status_codes: [404]", StringComparison.Ordinal);
        await ReadAsync(source, new ConnectorFixture(source), yaml, pages: 3);
        Assert.Equal(["Bearer one", "Bearer two", "Bearer one"], source.Requests.Where(request => request.Target != "/rate_limit").Select(request => request["Authorization"]));
    }

    [Fact]
    public async Task a_token_that_the_source_refuses_is_left_for_another_at_once()
    {
        _status["one"] = _status["two"] = (50, "2024-01-10T01:00:00Z");
        var source = new StubSource(request => request.Target != "/rate_limit" && request["Authorization"] == "Bearer one"
            ? StubSource.Json("{}", 429, ("X-Remaining", "0"), ("X-Reset", "1704848400"))
            : Answer(request));
        var yaml = Yaml().Replace("reset_path: [core, reset]", "reset_path: [core, reset], remaining_header: X-Remaining, reset_header: X-Reset, exhaustion_status_codes: [429]", StringComparison.Ordinal);
        var steps = await ReadAsync(source, new ConnectorFixture(source), yaml, pages: 1);
        Assert.IsType<PageRead>(steps[0]);
        Assert.Equal(["Bearer one", "Bearer two"], source.Requests.Where(request => request.Target != "/rate_limit").Select(request => request["Authorization"]));
    }

    private static string Yaml(string more = "") => Manifest(Stream("items",
        "paginator: {type: DefaultPaginator, page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}, pagination_strategy: {type: PageIncrement, page_size: 1}}",
        requester: $", authenticator: {{type: RateLimitedMultipleTokenAuthenticator, tokens: \"{{{{ config['tokens'] }}}}\", budget_min_reserve: 0, budget_reserve_fraction: 0, quota_status_source: {{type: QuotaStatusSource, url: \"https://api.example.com/rate_limit\"}}, quotas: [{{type: TokenQuota, name: core, remaining_path: [core, remaining], reset_path: [core, reset]}}]{more}}}"));

    private static Task<List<ReadStep>> ReadAsync(StubSource source, ConnectorFixture? fixture = null, string? yaml = null, int pages = 9) => Task.Run(async () =>
        await ReadAsync(await (fixture ?? new ConnectorFixture(source)).StreamAsync(yaml ?? Yaml(), "items", """{"tokens":"one, two"}"""), null, pages));

    private static async Task<List<ReadStep>> ReadAsync(IStream stream, string? position, int pages = 9)
    {
        var steps = new List<ReadStep>();
        await foreach (var step in stream.ReadAsync(StreamSlice.Whole, position))
        {
            steps.Add(step);
            if (steps.Count == pages) break;
        }

        return steps;
    }

    private HttpResponseMessage Answer(StubRequest request)
    {
        if (request.Target != "/rate_limit") return StubSource.Json($$"""[{"id":"{{request.Target}}"}]""");
        var (remaining, reset) = _status[request["Authorization"]![7..]];
        return StubSource.Json($$$"""{"core":{"remaining":{{{remaining}}},"reset":"{{{reset}}}"}}""");
    }
}

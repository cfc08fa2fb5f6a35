using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

public class RateHeadersTests
{
    private static readonly DateTimeOffset Now = new(2025, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private static RateReading Read(int status, params (string Name, string Value)[] headers) =>
        RateHeaders.Read(new SourceAnswer(status, headers.ToDictionary(header => header.Name, header => header.Value)), BudgetRules.None, Now);

    [Theory]
    [InlineData("30", 30)]
    [InlineData("1.5", 1.5)]
    [InlineData("Sun, 15 Jun 2025 12:01:00 GMT", 60)]
    [InlineData("1749988830", 30)]
    [InlineData("1749988830000", 30)]
    [InlineData("2025-06-15T12:00:30Z", 30)]
    [InlineData("2025-06-15T14:00:30+02:00", 30)]
    [InlineData("6m0s", 360)]
    [InlineData("1h2m", 3720)]
    [InlineData("250ms", 0.25)]
    [InlineData("99999999", 86400)]
    [InlineData("4102444800", 86400)]
    public void A_time_is_read_in_every_form_and_bounded_to_a_day(string text, double seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), ResetTime.Read(text, Now));

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("1000000000")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT")]
    [InlineData("1e300")]
    public void A_time_that_is_none_or_long_past_is_not_believed(string? text) => Assert.Null(ResetTime.Read(text, Now));

    [Fact]
    public void Retry_after_counts_when_the_source_refuses_only()
    {
        Assert.Equal(Now.AddSeconds(7), Read(429, ("retry-after", "7")).RetryAt);
        Assert.Equal(Now.AddSeconds(7), Read(503, ("retry-after", "7")).RetryAt);
        Assert.Null(Read(200, ("retry-after", "7")).RetryAt);
    }

    [Fact]
    public void The_standard_headers_are_structured_fields()
    {
        var quota = Assert.Single(Read(200, ("ratelimit", "\"burst, so to say\";r=50;t=30"), ("ratelimit-policy", "\"daily\";q=1000;w=86400, \"burst, so to say\";q=100;w=60")).Quotas).Value;
        Assert.Equal(new QuotaReading(100, 50, Now.AddSeconds(30), TimeSpan.FromSeconds(60)), quota);
    }

    [Fact]
    public void Several_quotas_are_told_at_once() =>
        Assert.Equal(["a", "b"], Read(200, ("ratelimit", "\"a\";r=5;t=3, \"b\";r=1;t=9")).Quotas.Select(quota => quota.Key));

    [Fact]
    public void The_older_draft_is_a_dictionary() =>
        Assert.Equal(
            new QuotaReading(100, 50, Now.AddSeconds(5), TimeSpan.FromSeconds(10)),
            Assert.Single(Read(200, ("ratelimit", "limit=100, remaining=50, reset=5"), ("ratelimit-policy", "100;w=10")).Quotas).Value);

    [Theory]
    [InlineData("ratelimit-", "20")]
    [InlineData("x-ratelimit-", "1749988820")]
    [InlineData("x-rate-limit-", "1749988820000")]
    [InlineData("x-ratelimit-", "2025-06-15T12:00:20Z")]
    public void The_three_headers_are_read_under_their_usual_names(string prefix, string reset) =>
        Assert.Equal(
            new QuotaReading(100, 7, Now.AddSeconds(20), TimeSpan.FromSeconds(60)),
            Assert.Single(Read(200, (prefix + "limit", "100, 100;w=60"), (prefix + "remaining", "7"), (prefix + "reset", reset)).Quotas).Value);

    [Fact]
    public void The_manifests_own_headers_are_read()
    {
        var rules = new BudgetRules { RemainingHeader = "x-calls-left", ResetHeader = "x-calls-again" };
        var answer = new SourceAnswer(200, new Dictionary<string, string> { ["x-calls-left"] = "3", ["x-calls-again"] = "1749988820" });
        Assert.Equal(new QuotaReading(null, 3, Now.AddSeconds(20), null), Assert.Single(RateHeaders.Read(answer, rules, Now).Quotas).Value);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("99999999999999")]
    public void A_remaining_number_that_is_none_tells_nothing(string remaining) =>
        Assert.Empty(Read(200, ("x-ratelimit-remaining", remaining), ("x-ratelimit-reset", "20")).Quotas);

    [Theory]
    [InlineData("1749988530", "Sun, 15 Jun 2025 11:55:00 GMT", 30)]
    [InlineData("1749989130000", "Sun, 15 Jun 2025 12:05:00 GMT", 30)]
    [InlineData("2025-06-15T12:05:30Z", "Sun, 15 Jun 2025 12:05:00 GMT", 30)]
    [InlineData("30", "Sun, 15 Jun 2025 12:05:00 GMT", 30)]
    [InlineData("1749988830", "Sun, 15 Jun 2025 11:59:59 GMT", 30)]
    public void A_time_by_the_sources_clock_is_read_by_that_clock(string reset, string date, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), Assert.Single(Read(200, ("date", date), ("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", reset)).Quotas).Value.ResetAt);

    [Fact]
    public void A_date_to_retry_after_is_read_by_the_sources_clock() =>
        Assert.Equal(Now.AddSeconds(90), Read(429, ("date", "Sun, 15 Jun 2025 12:30:00 GMT"), ("retry-after", "Sun, 15 Jun 2025 12:31:30 GMT")).RetryAt);

    [Theory]
    [InlineData("retry-after-ms", "1500")]
    [InlineData("x-ms-retry-after-ms", "1500")]
    public void Milliseconds_to_retry_after_are_more_exact_than_seconds(string header, string value) =>
        Assert.Equal(Now.AddSeconds(1.5), Read(429, (header, value), ("retry-after", "2")).RetryAt);

    [Fact]
    public void A_suffix_names_a_quota_and_its_window()
    {
        var quotas = Read(200, ("x-ratelimit-limit-minute", "60"), ("x-ratelimit-remaining-minute", "59"), ("x-ratelimit-limit-hour", "1000"), ("x-ratelimit-remaining-hour", "7")).Quotas;
        Assert.Equal([(1000, 7, 3600.0), (60, 59, 60.0)], quotas.Select(quota => (quota.Value.Limit!.Value, quota.Value.Remaining!.Value, quota.Value.Window!.Value.TotalSeconds)));
    }

    [Fact]
    public void A_resource_names_the_quota_that_a_call_counts_against() =>
        Assert.Equal("x-ratelimit-search", Assert.Single(Read(200, ("x-ratelimit-resource", "search"), ("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", "30")).Quotas).Key);
}

namespace Penstock.Simulator.Tests;

public sealed class RateLimitHeaderTests
{
    private static readonly DateTimeOffset At = Api.Noon.AddSeconds(12.5);

    [Fact]
    public async Task structured_fields_list_every_quota()
    {
        await using var api = await StartAsync(new() { StructuredFields = true },
            new Quota.FixedWindow(100, TimeSpan.FromMinutes(1)) { Name = "minute" }, new Quota.FixedWindow(1000, TimeSpan.FromDays(1)) { Name = "day" },
            new Quota.Concurrency(4));

        using var response = await api.GetAsync("/x");

        Assert.Equal("\"minute\";q=100;w=60, \"day\";q=1000;w=86400, \"concurrency\";q=4;qu=\"concurrent-requests\"", Header(response, "RateLimit-Policy"));
        Assert.Equal("\"minute\";r=99;t=48, \"day\";r=999;t=43188, \"concurrency\";r=3", Header(response, "RateLimit"));
    }

    [Theory]
    [InlineData(ResetForm.DeltaSeconds, "48")]
    [InlineData(ResetForm.EpochSeconds, "1518004860")]
    [InlineData(ResetForm.EpochMilliseconds, "1518004860000")]
    [InlineData(ResetForm.Iso, "2018-02-07T12:01:00.000Z")]
    public async Task x_rate_limit_tells_the_reset_in_the_form_asked_for(ResetForm form, string expected)
    {
        await using var api = await StartAsync(new() { XRateLimit = form }, new Quota.FixedWindow(2, TimeSpan.FromMinutes(1)));

        using var response = await api.GetAsync("/x");

        Assert.Equal(("2", "1", expected), (Header(response, "X-RateLimit-Limit"), Header(response, "X-RateLimit-Remaining"), Header(response, "X-RateLimit-Reset")));
    }

    [Fact]
    public async Task the_separate_headers_speak_of_the_tightest_quota()
    {
        await using var api = await StartAsync(new() { Separate = true },
            new Quota.FixedWindow(1000, TimeSpan.FromDays(1)) { Name = "day" }, new Quota.FixedWindow(2, TimeSpan.FromMinutes(1)) { Name = "minute" });

        using var response = await api.GetAsync("/x");

        Assert.Equal(("2", "1", "48"), (Header(response, "RateLimit-Limit"), Header(response, "RateLimit-Remaining"), Header(response, "RateLimit-Reset")));
    }

    [Theory]
    [InlineData(RetryAfterForm.Seconds, "48")]
    [InlineData(RetryAfterForm.Date, "Wed, 07 Feb 2018 12:01:00 GMT")]
    [InlineData(RetryAfterForm.None, null)]
    public async Task retry_after_has_both_forms_and_comes_only_with_a_429(RetryAfterForm form, string? expected)
    {
        await using var api = await StartAsync(new() { RetryAfter = form }, new Quota.FixedWindow(1, TimeSpan.FromMinutes(1)));

        using var first = await api.GetAsync("/x");
        using var second = await api.GetAsync("/x");

        Assert.Null(Header(first, "Retry-After"));
        Assert.Equal(429, (int)second.StatusCode);
        Assert.Equal(expected, Header(second, "Retry-After"));
    }

    [Theory]
    [InlineData(HeaderLie.Missing, null, null, null)]
    [InlineData(HeaderLie.Skewed, "3648", "1518008460", "0")]
    [InlineData(HeaderLie.WrongUnit, "48000", "1518004860000", "0")]
    [InlineData(HeaderLie.Negative, "-48", "1518004764", "-1")]
    public async Task headers_can_lie(HeaderLie lie, string? retryAfter, string? reset, string? remaining)
    {
        await using var api = await StartAsync(new() { Lie = lie, XRateLimit = ResetForm.EpochSeconds }, new Quota.FixedWindow(1, TimeSpan.FromMinutes(1)));

        using var first = await api.GetAsync("/x");
        using var second = await api.GetAsync("/x");

        Assert.Equal((retryAfter, reset, remaining), (Header(second, "Retry-After"), Header(second, "X-RateLimit-Reset"), Header(second, "X-RateLimit-Remaining")));
    }

    [Fact]
    public async Task a_clock_that_is_ahead_says_so_in_its_date()
    {
        await using var api = await StartAsync(new() { ClockAhead = TimeSpan.FromMinutes(10), XRateLimit = ResetForm.Iso }, new Quota.FixedWindow(1, TimeSpan.FromMinutes(1)));

        using var response = await api.GetAsync("/x");

        Assert.Equal(Api.Noon.AddSeconds(12).AddMinutes(10), response.Headers.Date);
        Assert.Equal("2018-02-07T12:11:00.000Z", Header(response, "X-RateLimit-Reset"));
    }

    private static Task<Api> StartAsync(RateLimitHeaderOptions headers, params Quota[] quotas) =>
        Api.StartAsync(new() { Quotas = quotas, RateLimitHeaders = headers }, At);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

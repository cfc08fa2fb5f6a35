using Penstock.Testing;

namespace Penstock.Simulator.Tests;

public sealed class QuotaTests
{
    private const string Path = "/fdsnws/event/1/version";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task a_fixed_window_starts_again_on_the_minute()
    {
        await using var api = await Api.StartAsync(With(new Quota.FixedWindow(2, Minute)), Api.Noon.AddSeconds(50));

        Assert.Equal([200, 200, 429], await CallAsync(api, 3));
        api.Clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.Equal([429], await CallAsync(api, 1));
        api.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([200, 200, 429], await CallAsync(api, 3));
    }

    [Fact]
    public async Task a_moving_window_gives_a_call_back_when_the_oldest_leaves_it()
    {
        await using var api = await Api.StartAsync(With(new Quota.MovingWindow(2, Minute)));

        Assert.Equal([200], await CallAsync(api, 1));
        api.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal([200, 429], await CallAsync(api, 2));
        api.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal([200, 429], await CallAsync(api, 2));
    }

    [Fact]
    public async Task a_token_bucket_allows_a_burst_and_then_a_rate()
    {
        await using var api = await Api.StartAsync(With(new Quota.TokenBucket(3, PerSecond: 0.5)));

        Assert.Equal([200, 200, 200, 429], await CallAsync(api, 4));
        api.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([200, 429], await CallAsync(api, 2));
        api.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal([200, 200, 200, 429], await CallAsync(api, 4));
    }

    [Fact]
    public async Task a_concurrency_limit_counts_calls_under_way()
    {
        await using var api = await Api.StartAsync(With(new Quota.Concurrency(1)) with
        {
            Faults = new() { Script = new Dictionary<long, Fault?> { [1] = new Fault.Delay(Minute) } },
        });

        var first = api.StatusAsync(Path);
        await WaitForTimerAsync(api.Clock);
        Assert.Equal([429], await CallAsync(api, 1));
        api.Clock.Advance(Minute);

        Assert.Equal(200, await first);
        Assert.Equal([200], await CallAsync(api, 1));
    }

    [Fact]
    public async Task with_several_quotas_a_call_needs_room_in_all_and_a_refused_one_uses_none()
    {
        await using var api = await Api.StartAsync(With(new Quota.TokenBucket(1, PerSecond: 1), new Quota.FixedWindow(2, Minute)));

        Assert.Equal([200, 429, 429], await CallAsync(api, 3));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([200, 429], await CallAsync(api, 2));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([429], await CallAsync(api, 1));
        Assert.Equal((6, 2, 4), (api.Server.Statistics.Calls, api.Server.Statistics.Allowed, api.Server.Statistics.Throttled));
    }

    [Fact]
    public async Task every_key_has_quotas_of_its_own()
    {
        await using var api = await Api.StartAsync(With(new Quota.FixedWindow(1, Minute)) with { Keys = new() { Known = [new("a", "1"), new("b", "2")] } });

        Assert.Equal(200, await AsAsync("1"));
        Assert.Equal(200, await AsAsync("2"));
        Assert.Equal(429, await AsAsync("1"));
        Assert.Equal(2, api.Server.Statistics.CallsByKey["a"]);

        Task<int> AsAsync(string key) => api.StatusAsync(Path, request => request.Headers.Add("X-Api-Key", key));
    }

    [Fact]
    public async Task a_caller_that_waits_as_long_as_it_is_told_is_let_through()
    {
        await using var api = await Api.StartAsync(With(new Quota.TokenBucket(1, PerSecond: 0.3), new Quota.MovingWindow(5, TimeSpan.FromSeconds(16.5))));

        for (var call = 0; call < 50; call++)
        {
            using var response = await api.GetAsync(Path);
            if (response.Headers.RetryAfter is not { Delta: { } wait }) continue;
            api.Clock.Advance(wait);
            Assert.Equal([200], await CallAsync(api, 1));
        }
    }

    private static SimulatorOptions With(params Quota[] quotas) => new() { Quotas = quotas };

    private static async Task<List<int>> CallAsync(Api api, int times)
    {
        var statuses = new List<int>();
        for (var call = 0; call < times; call++) statuses.Add(await api.StatusAsync(Path));
        return statuses;
    }

    private static async Task WaitForTimerAsync(ManualTimeProvider clock)
    {
        while (clock.NextTimer is null) await Task.Delay(5);
    }
}

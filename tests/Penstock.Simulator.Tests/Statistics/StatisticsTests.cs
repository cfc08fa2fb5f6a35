namespace Penstock.Simulator.Tests;

public sealed class StatisticsTests
{
    private const string Page = "/fdsnws/event/1/query?format=geojson&starttime=2018-01-31&limit=100";

    [Fact]
    public async Task served_and_distinct_records_are_told_apart()
    {
        await using var api = await Api.StartAsync(new());

        await api.GetJsonAsync(Page);
        await api.GetJsonAsync(Page + "&offset=51");

        Assert.Equal(new DatasetStatistics(Served: 200, Distinct: 150), api.Server.Statistics.Datasets["earthquakes"]);
        Assert.Equal(150, api.Server.ServedIds("earthquakes").Distinct().Count());
    }

    [Fact]
    public async Task the_simulator_tells_and_forgets_over_http()
    {
        await using var api = await Api.StartAsync(new() { Quotas = [new Quota.FixedWindow(1, TimeSpan.FromDays(1))], Keys = new() { Known = [new("alice", "s3cret")] } });
        void AsAlice(HttpRequestMessage request) => request.Headers.Add("X-Api-Key", "s3cret");
        Assert.Equal(200, await api.StatusAsync(Page, AsAlice));
        Assert.Equal(429, await api.StatusAsync(Page, AsAlice));

        var statistics = await api.GetJsonAsync("/_simulator/statistics");

        Assert.Equal((2, 1, 1), (statistics.GetProperty("calls").GetInt32(), statistics.GetProperty("allowed").GetInt32(), statistics.GetProperty("throttled").GetInt32()));
        Assert.Equal(100, statistics.GetProperty("datasets").GetProperty("earthquakes").GetProperty("distinct").GetInt32());
        Assert.Equal(Page, statistics.GetProperty("log")[0].GetProperty("target").GetString());
        using var reset = await api.Client.PostAsync("/_simulator/reset", content: null);
        Assert.Equal(204, (int)reset.StatusCode);
        Assert.Equal((0, 0L), (api.Server.Statistics.Calls, api.Server.Statistics.Datasets["earthquakes"].Served));
        Assert.Equal(200, await api.StatusAsync(Page, AsAlice));
    }

    [Fact]
    public async Task the_log_keeps_only_the_latest_calls()
    {
        await using var api = await Api.StartAsync(new() { LogSize = 2 });

        for (var call = 0; call < 5; call++) await api.StatusAsync("/" + call);

        Assert.Equal(["/3", "/4"], api.Server.Statistics.Log.Select(call => call.Target));
        Assert.Equal(5, api.Server.Statistics.Calls);
    }

    [Fact]
    public async Task calls_at_the_same_time_are_all_counted()
    {
        await using var api = await Api.StartAsync(new());

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => api.StatusAsync("/fdsnws/event/1/version")));

        Assert.Equal((200, 200, 200), (api.Server.Statistics.Calls, api.Server.Statistics.Allowed, api.Server.Statistics.Log.Count));
        Assert.Equal(Enumerable.Range(1, 200).Select(number => (long)number), api.Server.Statistics.Log.Select(call => call.Number).Order());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 64)]
    [InlineData(1, 63)]
    [InlineData(63, 2)]
    [InlineData(60, 200)]
    [InlineData(299, 1)]
    [InlineData(65_500, 200)]
    public void a_range_of_records_sets_its_bits_and_no_others(long first, long length)
    {
        var served = new ServedRecords();

        served.Add(first, length);
        served.Add(first, length);

        Assert.Equal(Enumerable.Range((int)first, (int)length).Select(index => (long)index), served.Indexes());
        Assert.Equal(new DatasetStatistics(2 * length, length), served.Snapshot());
    }
}

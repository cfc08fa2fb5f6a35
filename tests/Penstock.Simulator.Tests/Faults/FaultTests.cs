using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace Penstock.Simulator.Tests;

public sealed class FaultTests
{
    private const string Week = "/fdsnws/event/1/query?format=geojson&starttime=2018-01-31";

    [Fact]
    public async Task a_script_spoils_exactly_the_calls_it_names()
    {
        await using var api = await StartAsync((2, new Fault.ServerError(502) { RetryAfter = TimeSpan.FromSeconds(7) }), (3, new Fault.ServerError()));

        Assert.Equal(200, await api.StatusAsync(Week));
        using (var second = await api.GetAsync(Week))
        {
            Assert.Equal(502, (int)second.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(7), second.Headers.RetryAfter!.Delta);
            Assert.Equal("application/problem+json", second.Content.Headers.ContentType!.MediaType);
        }

        Assert.Equal(503, await api.StatusAsync(Week));
        Assert.Equal(200, await api.StatusAsync(Week));
        Assert.Equal(2, api.Server.Statistics.ServerErrors);
        Assert.Equal([null, "ServerError", "ServerError", null], api.Server.Statistics.Log.Select(call => call.Fault));
    }

    [Fact]
    public async Task a_call_that_the_quota_refuses_does_not_use_up_a_scripted_fault()
    {
        await using var api = await Api.StartAsync(new()
        {
            Quotas = [new Quota.FixedWindow(1, TimeSpan.FromSeconds(1))],
            Faults = new() { Script = new Dictionary<long, Fault?> { [2] = new Fault.ServerError() } },
        });

        Assert.Equal(200, await api.StatusAsync(Week));
        Assert.Equal(429, await api.StatusAsync(Week));
        Assert.Equal(429, await api.StatusAsync(Week));
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(503, await api.StatusAsync(Week));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public async Task a_cut_body_breaks_off_and_serves_no_record(int after)
    {
        await using var api = await StartAsync((1, new Fault.CutBody(after)));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => api.Client.GetStringAsync(Week));

        Assert.Equal((1, 0L), (api.Server.Statistics.Cut, api.Server.Statistics.Datasets["earthquakes"].Served));
        Assert.Equal(0, Assert.Single(api.Server.Statistics.Log).Records);
        Assert.Equal(200, await api.StatusAsync(Week));
        Assert.Equal(1707, api.Server.Statistics.Datasets["earthquakes"].Served);
    }

    [Fact]
    public async Task a_cut_gzip_body_breaks_off_too()
    {
        await using var api = await StartAsync((1, new Fault.CutBody(5_000)));
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip }) { BaseAddress = api.Server.BaseAddress };

        await Assert.ThrowsAnyAsync<Exception>(() => client.GetStringAsync(Week));
        Assert.Equal(1707, JsonDocument.Parse(await client.GetStringAsync(Week)).RootElement.GetProperty("features").GetArrayLength());
    }

    [Fact]
    public async Task an_error_body_comes_with_status_200()
    {
        await using var api = await StartAsync((1, new Fault.ErrorBody("No luck.")));

        var json = await api.GetJsonAsync(Week);

        Assert.Equal("No luck.", json.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task a_slow_answer_waits_on_the_given_clock()
    {
        await using var api = await StartAsync((1, new Fault.Delay(TimeSpan.FromHours(1))));

        var call = api.StatusAsync(Week);
        while (api.Clock.NextTimer is null) await Task.Delay(5);
        Assert.False(call.IsCompleted);
        api.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(200, await call);
    }

    [Fact]
    public async Task a_slow_body_pauses_before_every_part_and_is_whole_in_the_end()
    {
        await using var api = await StartAsync((1, new Fault.SlowBody(TimeSpan.FromMinutes(1), Bytes: 300_000)));

        var call = api.Client.GetStringAsync(Week);
        var pauses = 0;
        for (; !call.IsCompleted; await Task.Delay(2))
        {
            if (api.Clock.NextTimer is null) continue;
            api.Clock.Advance(TimeSpan.FromMinutes(1));
            pauses++;
        }

        Assert.Equal(5, pauses);
        Assert.Equal(1707, JsonDocument.Parse(await call).RootElement.GetProperty("features").GetArrayLength());
    }

    [Fact]
    public async Task chance_comes_in_bursts_and_repeats_with_its_seed()
    {
        var options = new SimulatorOptions { Faults = new() { Probability = 0.1, BurstLength = 3, Kinds = [new Fault.ServerError(500), new Fault.ServerError(503)] } };
        await using var one = await Api.StartAsync(options);
        await using var other = await Api.StartAsync(options);

        var statuses = await StatusesAsync(one);

        Assert.Equal(statuses, await StatusesAsync(other));
        var bursts = string.Join(' ', statuses).Split("200", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.True(bursts.Length > 5);
        Assert.All(bursts.SkipLast(1), burst => Assert.Equal(0, burst.Split(' ').Length % 3));
        Assert.Contains(500, statuses);
        Assert.Contains(503, statuses);

        static async Task<List<int>> StatusesAsync(Api api)
        {
            var statuses = new List<int>();
            for (var call = 0; call < 150; call++) statuses.Add(await api.StatusAsync("/fdsnws/event/1/version"));
            return statuses;
        }
    }

    [Fact]
    public async Task a_server_that_is_stopped_drops_the_calls_under_way_at_once()
    {
        var api = await StartAsync((1, new Fault.Delay(TimeSpan.FromDays(1))));
        var call = api.StatusAsync(Week);
        while (api.Clock.NextTimer is null) await Task.Delay(5);
        var watch = Stopwatch.StartNew();

        await api.Server.DisposeAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    private static Task<Api> StartAsync(params (long Call, Fault Fault)[] script) =>
        Api.StartAsync(new() { Faults = new() { Script = script.ToDictionary(line => line.Call, line => (Fault?)line.Fault) } });
}

using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Watching;

namespace Penstock.Http.Tests.Operate;

public class OverviewTests
{
    private static async Task<JsonElement> GetAsync(ApiHost api, string path)
    {
        HttpResponseMessage response = await api.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    private static async Task<JsonElement> HealthAsync(ApiHost api, string pipeline) =>
        (await GetAsync(api, "/api/overview")).GetProperty("pipelines").EnumerateArray().Single(one => one.GetProperty("name").GetString() == pipeline);

    private static void Promise(ApiHost api, TimeSpan freshness, bool isPaused = false)
    {
        api.Catalog.Entries.Clear();
        api.Catalog.Entries.Add(new UsablePipeline(new Pipeline
        {
            Name = "crm",
            Paused = isPaused,
            Streams = [new PipelineStream { Name = "contacts" }, new PipelineStream { Name = "deals", Freshness = freshness }],
        }));
    }

    [Fact]
    public async Task nothing_has_run_yet()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement totals = (await GetAsync(api, "/api/overview")).GetProperty("totals");
        Assert.Equal((3, 5, 1, 2, 0), (Number("pipelines"), Number("streams"), Number("broken"), Number("idle"), Number("openRuns")));
        int Number(string name) => totals.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task a_stream_is_late_when_its_data_is_older_than_promised()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        Promise(api, TimeSpan.FromMinutes(10));
        await RunHistories.EndAsync(api, "crm", "deals");
        Assert.Equal("ok", (await HealthAsync(api, "crm")).GetProperty("health").GetString());
        api.Stores.Time.Advance(TimeSpan.FromMinutes(11));
        JsonElement late = await HealthAsync(api, "crm");
        Assert.Equal(("late", "deals", 1, 660, 600), (late.GetProperty("health").GetString(), late.GetProperty("worstStream").GetString(), late.GetProperty("lateStreams").GetInt32(),
            late.GetProperty("lagSeconds").GetInt32(), late.GetProperty("freshnessSeconds").GetInt32()));
        Promise(api, TimeSpan.FromMinutes(10), isPaused: true);
        Assert.Equal("paused", (await HealthAsync(api, "crm")).GetProperty("health").GetString());
    }

    [Fact]
    public async Task a_stream_fails_until_a_run_is_completed_again_and_the_last_runs_are_shown()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await RunHistories.EndAsync(api, "crm", "deals");
        api.Stores.Time.Advance(TimeSpan.FromMinutes(1));
        string failed = await RunHistories.EndAsync(api, "crm", "deals", RunStatus.Failed, "The source is gone.");
        JsonElement failing = await HealthAsync(api, "crm");
        Assert.Equal(("failing", "deals"), (failing.GetProperty("health").GetString(), failing.GetProperty("worstStream").GetString()));
        Assert.Equal(["failed", "completed"], failing.GetProperty("lastRuns").EnumerateArray().Select(run => run.GetProperty("status").GetString()));
        Assert.Equal(failed, failing.GetProperty("lastRuns")[0].GetProperty("run").GetString());
        api.Stores.Time.Advance(TimeSpan.FromMinutes(1));
        await RunHistories.EndAsync(api, "crm", "deals");
        Assert.Equal("ok", (await HealthAsync(api, "crm")).GetProperty("health").GetString());
    }

    [Fact]
    public async Task volume_and_quarantine_are_counted_by_hour_and_a_received_stream_is_as_fresh_as_its_last_batch()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        DateTimeOffset received = api.Stores.Time.GetUtcNow();
        await CountAsync(read: 10, quarantined: 2);
        api.Stores.Time.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CountAsync(read: 1, quarantined: 0)));
        JsonElement shop = await HealthAsync(api, "shop");
        Assert.Equal([10, 20], shop.GetProperty("readByHour").EnumerateArray().TakeLast(2).Select(hour => hour.GetInt32()));
        Assert.Equal((24, 30, 2), (shop.GetProperty("readByHour").GetArrayLength(), shop.GetProperty("read24h").GetInt32(), shop.GetProperty("quarantined24h").GetInt32()));
        JsonElement orders = (await GetAsync(api, "/api/pipelines/shop/streams")).GetProperty("items")[0];
        Assert.Equal(("received", "ok", received), (orders.GetProperty("kind").GetString(), orders.GetProperty("health").GetString(), orders.GetProperty("freshUntil").GetDateTimeOffset()));

        Task CountAsync(int read, int quarantined)
        {
            string blob = RawNames.Name("shop", "orders", received, "0");
            var entry = new TransformEntry { Blob = blob, Read = read, Curated = read - quarantined, Stale = 0, Quarantined = quarantined, Filtered = 0, At = received };
            return api.Services.GetRequiredService<PulseBook>().CountAsync(new TransformMessage("shop", "orders", blob), entry).AsTask();
        }
    }

    [Fact]
    public async Task open_runs_and_alerts_are_counted_by_pipeline()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await OperateTests.PostAsync(api, "/api/pipelines/crm/runs");
        await api.Services.GetRequiredService<AlertBook>().RaiseAsync("freshness", "crm/deals", "It is late.");
        JsonElement crm = await HealthAsync(api, "crm");
        Assert.Equal((2, 1), (crm.GetProperty("openRuns").GetInt32(), crm.GetProperty("alerts").GetInt32()));
        JsonElement streams = (await GetAsync(api, "/api/pipelines/crm/streams")).GetProperty("items");
        Assert.All(streams.EnumerateArray(), stream => Assert.NotEmpty(stream.GetProperty("activeRun").GetString()!));
    }

    [Fact]
    public async Task the_streams_of_no_pipeline_are_not_found_and_those_of_a_broken_one_are_none()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await api.Client.GetAsync("/api/pipelines/nothing/streams")).ProblemAsync(ProblemTypes.UnknownPipeline);
        Assert.Empty((await GetAsync(api, "/api/pipelines/broken/streams")).GetProperty("items").EnumerateArray());
        Assert.Contains("has no name", (await HealthAsync(api, "broken")).GetProperty("problem").GetString());
    }
}

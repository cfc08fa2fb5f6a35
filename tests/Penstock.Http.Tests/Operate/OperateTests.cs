using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;

namespace Penstock.Http.Tests.Operate;

public class OperateTests
{
    private const string Window = "\"from\":\"2025-01-01\",\"to\":\"2025-02-01T00:00:00+01:00\"";

    internal static Task<HttpResponseMessage> PostAsync(ApiHost api, string path, string? body = null, string? key = null, string contentType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, contentType);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return api.Client.SendAsync(request);
    }

    private static async Task<JsonElement> GetAsync(ApiHost api, string path)
    {
        HttpResponseMessage response = await api.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(response.Headers.GetValues("X-Request-Id").Single());
        return await response.JsonAsync();
    }

    [Fact]
    public async Task pipelines_are_listed_the_broken_ones_with_what_is_wrong_and_no_secret_is_named()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement items = (await GetAsync(api, "/api/pipelines")).GetProperty("items");
        Assert.Equal(["broken", "crm", "shop"], items.EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(["broken", "ready", "ready"], items.EnumerateArray().Select(item => item.GetProperty("state").GetString()));
        Assert.Equal("Give it one.", items[0].GetProperty("problems")[0].GetProperty("fix").GetString());
        Assert.DoesNotContain("shop-key", items.ToString());
    }

    [Fact]
    public async Task one_pipeline_shows_how_to_push_to_it()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement orders = (await GetAsync(api, "/api/pipelines/shop")).GetProperty("streams")[0];
        Assert.Equal("received", orders.GetProperty("kind").GetString());
        Assert.Equal("orders", orders.GetProperty("eventHub").GetString());
        Assert.Equal("/ingest/shop/orders", orders.GetProperty("webhook").GetProperty("path").GetString());
        await (await api.Client.GetAsync("/api/pipelines/nothing")).ProblemAsync(ProblemTypes.UnknownPipeline);
    }

    [Fact]
    public async Task a_run_now_begins_a_run_of_each_stream_which_is_listed_shown_and_cancelled()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await PostAsync(api, "/api/pipelines/crm/runs");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        JsonElement runs = (await response.JsonAsync()).GetProperty("runs");
        Assert.Equal(["contacts", "deals"], runs.EnumerateArray().Select(run => run.GetProperty("stream").GetString()));

        string url = runs[0].GetProperty("url").GetString()!;
        JsonElement run = await GetAsync(api, url);
        Assert.Equal(("incremental", "planning", 0), (run.GetProperty("kind").GetString(), run.GetProperty("status").GetString(), run.GetProperty("counts").GetProperty("landed").GetInt32()));
        Assert.Equal(2, (await GetAsync(api, "/api/runs?status=planning")).GetProperty("items").GetArrayLength());
        JsonElement active = (await GetAsync(api, "/api/status")).GetProperty("pipelines")[1].GetProperty("streams")[0];
        Assert.Equal(run.GetProperty("id").GetString(), active.GetProperty("activeRun").GetString());

        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(api, url + "/cancel")).StatusCode);
        Assert.Equal("cancelled", (await GetAsync(api, url)).GetProperty("status").GetString());
        Assert.Single((await GetAsync(api, "/api/runs?pipeline=crm&stream=deals&status=planning")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task a_run_of_one_stream_begins_that_one_only()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement runs = (await (await PostAsync(api, "/api/pipelines/crm/runs", """{"streams":["deals"]}""")).JsonAsync()).GetProperty("runs");
        Assert.Equal("deals", Assert.Single(runs.EnumerateArray()).GetProperty("stream").GetString());
    }

    [Fact]
    public async Task a_backfill_is_started_followed_and_cancelled()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await PostAsync(api, "/api/backfills", $$"""{"pipeline":"crm",{{Window}}}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        string url = response.Headers.Location!.OriginalString;
        JsonElement backfill = await GetAsync(api, url);
        Assert.Equal("2025-01-31T23:00:00+00:00", backfill.GetProperty("to").GetString());
        Assert.Equal("planning", backfill.GetProperty("status").GetString());
        Assert.Equal(["contacts", "deals"], backfill.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("stream").GetString()));
        Assert.Equal(url, Assert.Single((await GetAsync(api, "/api/backfills")).GetProperty("items").EnumerateArray()).GetProperty("url").GetString());
        Assert.True(await api.Stores.Queue.CountAsync(QueueNames.Tick) > 0);

        HttpResponseMessage cancelled = await PostAsync(api, url + "/cancel");
        Assert.Equal("cancelled", (await cancelled.JsonAsync()).GetProperty("status").GetString());
        HttpResponseMessage again = await api.Client.DeleteAsync(url);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("cancelled", (await GetAsync(api, url)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("k-1", "\"k-1\"")]
    [InlineData("k-1", "k-1")]
    public async Task a_backfill_asked_for_twice_with_one_key_is_done_once(string first, string second)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        string body = $$"""{"pipeline":"crm","streams":["deals"],{{Window}}}""";
        var responses = await Task.WhenAll(PostAsync(api, "/api/backfills", body, first), PostAsync(api, "/api/backfills", body, second));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Accepted, response.StatusCode));
        Assert.Single(responses.Select(response => response.Headers.Location!.OriginalString).Distinct());
        Assert.Single((await GetAsync(api, "/api/backfills")).GetProperty("items").EnumerateArray());
        HttpResponseMessage other = await PostAsync(api, "/api/backfills", body.Replace("deals", "contacts"), first);
        await other.ProblemAsync(ProblemTypes.KeyReused);
    }

    [Fact]
    public async Task lists_are_paged_the_newest_first()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var started = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            HttpResponseMessage response = await PostAsync(api, "/api/backfills", $$"""{"pipeline":"crm",{{Window}}}""");
            started.Insert(0, (await response.JsonAsync()).GetProperty("id").GetString()!);
            api.Stores.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(started, await AllAsync("/api/backfills?limit=2", "id"));
        var runs = await AllAsync("/api/runs?pipeline=crm&limit=3", "backfill");
        Assert.Equal(started.SelectMany(id => (string[])[id, id]), runs);

        async Task<List<string>> AllAsync(string path, string member)
        {
            var all = new List<string>();
            string? next = null;
            do
            {
                JsonElement page = await GetAsync(api, next is null ? path : $"{path}&after={next}");
                all.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(member).GetString()!));
                next = page.TryGetProperty("next", out JsonElement token) ? token.GetString() : null;
            }
            while (next is not null);
            return all;
        }
    }

    [Fact]
    public async Task dead_letters_and_alerts_are_shown()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var office = api.Services.GetRequiredService<DeadLetterOffice>();
        await office.KeepAsync(QueueNames.Extract, """{"pipeline":"crm"}"""u8.ToArray(), "It failed 5 times.");
        api.Stores.Time.Advance(TimeSpan.FromSeconds(1));
        await office.KeepAsync(QueueNames.Tick, new byte[] { 0xFF }, "It isn't JSON.");
        await api.Services.GetRequiredService<WatchStage>().RunAsync();

        JsonElement items = (await GetAsync(api, "/api/deadletters")).GetProperty("items");
        Assert.Equal("/w==", items[0].GetProperty("messageBase64").GetString());
        Assert.Equal("crm", items[1].GetProperty("message").GetProperty("pipeline").GetString());
        JsonElement status = await GetAsync(api, "/api/status");
        Assert.Equal(2, status.GetProperty("deadLetters").GetInt32());
        Assert.Equal(2, status.GetProperty("alerts").GetArrayLength());
    }

    [Fact]
    public async Task status_says_how_old_data_is_and_whether_that_was_promised()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        api.Catalog.Entries.Clear();
        api.Catalog.Entries.Add(new Pipelines.Definitions.UsablePipeline(new Pipelines.Definitions.Pipeline
        {
            Name = "crm",
            Streams = [new Pipelines.Definitions.PipelineStream { Name = "deals", Freshness = TimeSpan.FromMinutes(10) }],
        }));
        await RunHistories.EndAsync(api, "crm", "deals");
        foreach ((int minutes, bool isFresh) in ((int, bool)[])[(0, true), (10, true), (11, false)])
        {
            api.Stores.Time.AdvanceTo(new DateTimeOffset(2026, 1, 1, 0, minutes, 0, TimeSpan.Zero));
            JsonElement stream = (await GetAsync(api, "/api/status")).GetProperty("pipelines")[0].GetProperty("streams")[0];
            Assert.Equal((60 * minutes, isFresh), (stream.GetProperty("lagSeconds").GetDouble(), stream.GetProperty("isFresh").GetBoolean()));
        }
    }

    [Fact]
    public async Task health_is_open_and_names_nothing()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        Assert.Equal("up", (await GetAsync(api, "/health")).GetProperty("status").GetString());
        JsonElement ready = await GetAsync(api, "/health/ready");
        Assert.Equal(("ready", 3, 1), (ready.GetProperty("status").GetString(), ready.GetProperty("pipelines").GetInt32(), ready.GetProperty("brokenPipelines").GetInt32()));
        api.Catalog.IsDown = true;
        Assert.DoesNotContain("disk", (await (await api.Client.GetAsync("/health/ready")).ProblemAsync(ProblemTypes.NotReady)).ToString());
        Assert.Equal("up", (await GetAsync(api, "/health")).GetProperty("status").GetString());
    }
}

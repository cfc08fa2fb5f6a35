using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Connectors.Budgets;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Sources;

namespace Penstock.Http.Tests.Operate;

public class BudgetTests
{
    private const string Token = "secrets.crm-token";
    private static readonly Call Call = new("GET", new Uri("https://api.example.com/things"), new Dictionary<string, string>());
    private static readonly BudgetRules Rules = new() { Policies = [new CallPolicy("all", [], [new CallRate(10, TimeSpan.FromMinutes(1))])] };

    private static async Task<ApiHost> StartAsync()
    {
        ApiHost api = await ApiHost.StartAsync();
        api.Catalog.Entries[1] = Pulled("crm", """{"token":"secret:crm-token"}""");
        api.Catalog.Entries.Add(Pulled("crm-archive", """{"auth":{"token":"secret:crm-token"}}"""));
        api.Catalog.Entries.Add(Pulled("weather", "{}"));
        return api;
    }

    private static UsablePipeline Pulled(string name, string config) => new(new Pipeline
    {
        Name = name, Manifest = new ManifestFile("connector.yaml", ""), Config = JsonDocument.Parse(config).RootElement, Streams = [new PipelineStream { Name = "deals", Key = ["id"] }],
    });

    private static IRateBudget Worker(ApiHost api) =>
        new CredentialBudgets(api.Services.GetRequiredService<DocumentStore>(), api.Stores.Ids, api.Stores.Time).For(Token, Rules);

    private static async Task CallAsync(ApiHost api, IRateBudget worker, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            Assert.IsType<Granted>(await worker.AskAsync(Call));
            await worker.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string>()));
        }

        api.Stores.Time.Advance(TimeSpan.FromSeconds(2)); // What is reserved and not called comes back.
    }

    private static async Task<JsonElement> GetAsync(ApiHost api, string path) => await (await api.Client.GetAsync(path)).JsonAsync();

    private static Task<HttpResponseMessage> PostAsync(ApiHost api, string path, string etag)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return api.Client.SendAsync(request);
    }

    [Fact]
    public async Task each_credential_is_listed_with_who_uses_it_whether_it_was_used_or_not()
    {
        await using ApiHost api = await StartAsync();
        await CallAsync(api, Worker(api), 4);
        JsonElement items = (await GetAsync(api, "/api/budgets")).GetProperty("items");
        Assert.Equal(["pipeline.weather", Token], items.EnumerateArray().Select(item => item.GetProperty("credential").GetString()));
        Assert.Equal(["crm", "crm-archive"], items[1].GetProperty("pipelines").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(("open", 0.4), (items[1].GetProperty("state").GetString(), items[1].GetProperty("used").GetDouble()));
        JsonElement limit = items[1].GetProperty("scopes")[0].GetProperty("limits")[0];
        Assert.Equal(("declared", 10, 4, 6), (limit.GetProperty("source").GetString(), limit.GetProperty("limit").GetInt32(), limit.GetProperty("used").GetInt32(), limit.GetProperty("remaining").GetInt32()));
        Assert.Equal(0, items[0].GetProperty("scopes").GetArrayLength());
        Assert.False(items[0].TryGetProperty("used", out _));
    }

    [Fact]
    public async Task the_list_is_paged_by_name()
    {
        await using ApiHost api = await StartAsync();
        JsonElement first = await GetAsync(api, "/api/budgets?limit=1");
        Assert.Equal("pipeline.weather", first.GetProperty("next").GetString());
        JsonElement second = await GetAsync(api, "/api/budgets?limit=1&after=pipeline.weather");
        Assert.Equal(Token, second.GetProperty("items")[0].GetProperty("credential").GetString());
        Assert.False(second.TryGetProperty("next", out _));
        await (await api.Client.GetAsync("/api/budgets?limit=0")).ProblemAsync(ProblemTypes.BadRequest);
    }

    [Fact]
    public async Task the_overview_shows_how_much_of_the_quota_is_used()
    {
        await using ApiHost api = await StartAsync();
        await CallAsync(api, Worker(api), 9);
        await OperateTests.PostAsync(api, $"/api/budgets/{Token}/pause");
        var pipelines = (await GetAsync(api, "/api/overview")).GetProperty("pipelines").EnumerateArray().ToDictionary(pipeline => pipeline.GetProperty("name").GetString()!);
        Assert.Equal((0.9, "paused", Token), (pipelines["crm"].GetProperty("quotaUsed").GetDouble(), pipelines["crm"].GetProperty("quotaState").GetString(), pipelines["crm"].GetProperty("credential").GetString()));
        Assert.Equal(0.9, pipelines["crm-archive"].GetProperty("quotaUsed").GetDouble());
        Assert.False(pipelines["weather"].TryGetProperty("quotaUsed", out _));
        Assert.False(pipelines["shop"].TryGetProperty("credential", out _));
    }

    [Fact]
    public async Task a_paused_credential_is_not_called_with_until_it_is_resumed()
    {
        await using ApiHost api = await StartAsync();
        IRateBudget worker = Worker(api);
        JsonElement paused = await (await OperateTests.PostAsync(api, $"/api/budgets/{Token}/pause", """{"reason":"The vendor migrates."}""")).JsonAsync();
        Assert.Equal(("paused", "The vendor migrates.", "key"), (paused.GetProperty("state").GetString(), paused.GetProperty("pause").GetProperty("reason").GetString(), paused.GetProperty("pause").GetProperty("by").GetString()));
        Assert.Contains("The vendor migrates.", Assert.IsType<Wait>(await worker.AskAsync(Call)).Reason, StringComparison.Ordinal);

        JsonElement resumed = await (await OperateTests.PostAsync(api, $"/api/budgets/{Token}/resume")).JsonAsync();
        Assert.Equal("open", resumed.GetProperty("state").GetString());
        api.Stores.Time.Advance(TimeSpan.FromSeconds(2));
        await CallAsync(api, worker, 1);
        JsonElement activity = (await GetAsync(api, "/api/activity")).GetProperty("items");
        Assert.Equal(["ResumeBudget", "PauseBudget"], activity.EnumerateArray().Select(entry => entry.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task a_pause_with_an_end_ends_by_itself()
    {
        await using ApiHost api = await StartAsync();
        DateTimeOffset until = api.Stores.Time.GetUtcNow().AddMinutes(5);
        await OperateTests.PostAsync(api, $"/api/budgets/{Token}/pause", $$"""{"until":"{{until:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""");
        Assert.Equal("paused", (await GetAsync(api, $"/api/budgets/{Token}")).GetProperty("state").GetString());
        api.Stores.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("open", (await GetAsync(api, $"/api/budgets/{Token}")).GetProperty("state").GetString());
        await (await OperateTests.PostAsync(api, $"/api/budgets/{Token}/pause", """{"until":"2020-01-01"}""")).ProblemAsync(ProblemTypes.Invalid);
    }

    [Fact]
    public async Task of_two_at_once_with_one_etag_one_is_refused()
    {
        await using ApiHost api = await StartAsync();
        await CallAsync(api, Worker(api), 1);
        string seen = (await api.Client.GetAsync($"/api/budgets/{Token}")).Headers.ETag!.Tag;
        await CallAsync(api, Worker(api), 2); // Calls are no change that an operator makes.
        HttpResponseMessage[] answers = await Task.WhenAll(PostAsync(api, $"/api/budgets/{Token}/pause", seen), PostAsync(api, $"/api/budgets/{Token}/pause", seen));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(answer => answer.StatusCode).Order());
        await (await PostAsync(api, $"/api/budgets/{Token}/resume", seen)).ProblemAsync(ProblemTypes.Changed);
        string now = (await api.Client.GetAsync($"/api/budgets/{Token}")).Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(api, $"/api/budgets/{Token}/resume", now)).StatusCode);
    }

    [Fact]
    public async Task a_credential_that_nobody_uses_is_unknown_and_does_not_become_a_budget()
    {
        await using ApiHost api = await StartAsync();
        await (await api.Client.GetAsync("/api/budgets/secrets.mistyped")).ProblemAsync(ProblemTypes.UnknownBudget);
        await (await OperateTests.PostAsync(api, "/api/budgets/secrets.mistyped/pause")).ProblemAsync(ProblemTypes.UnknownBudget);
        await (await OperateTests.PostAsync(api, "/api/budgets/secrets.mistyped/resume")).ProblemAsync(ProblemTypes.UnknownBudget);
        Assert.DoesNotContain("mistyped", (await GetAsync(api, "/api/budgets")).GetRawText(), StringComparison.Ordinal);
    }
}

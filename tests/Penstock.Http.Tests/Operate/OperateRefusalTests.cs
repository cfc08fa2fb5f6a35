using System.Text.Json;
using Penstock.Http.Problems;

namespace Penstock.Http.Tests.Operate;

public class OperateRefusalTests
{
    [Theory]
    [InlineData("""{}""", "#/pipeline #/from #/to")]
    [InlineData("""{"pipeline":"crm","from":"2025-01-01","to":"2025-01-02","stream":"deals"}""", "#/stream")]
    [InlineData("""{"pipeline":"crm","from":"2025-01-01T00:00:00","to":"soon"}""", "#/from #/to")]
    [InlineData("""{"pipeline":7,"from":"2025-13-01","to":20250102,"streams":"deals"}""", "#/pipeline #/streams #/from #/to")]
    [InlineData("""{"pipeline":"crm","from":"2025-01-02","to":"2025-01-02"}""", "#/from")]
    [InlineData("""{"pipeline":"crm","from":"2025-01-01","to":"2025-01-02","streams":["nothing"]}""", "#/streams")]
    [InlineData("""{"pipeline":"shop","from":"2025-01-01","to":"2025-01-02"}""", "#/pipeline")]
    [InlineData("""{"pipeline":"broken","from":"2025-01-01","to":"2025-01-02"}""", "#/pipeline")]
    public async Task a_backfill_that_makes_no_sense_is_refused_with_everything_that_is_wrong(string body, string pointers)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement problem = await (await OperateTests.PostAsync(api, "/api/backfills", body)).ProblemAsync(ProblemTypes.Invalid);
        Assert.Equal(pointers, string.Join(' ', problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString())));
        Assert.All(problem.GetProperty("errors").EnumerateArray(), error => Assert.NotEmpty(error.GetProperty("detail").GetString()!));
        Assert.Empty((await (await api.Client.GetAsync("/api/backfills")).JsonAsync()).GetProperty("items").EnumerateArray());
    }

    [Theory]
    [InlineData("{", "application/json", "bad-body")]
    [InlineData("[]", "application/json", "bad-body")]
    [InlineData("pipeline=crm", "application/x-www-form-urlencoded", "wrong-content-type")]
    [InlineData("""{"pipeline":"nothing","from":"2025-01-01","to":"2025-01-02"}""", "application/json", "unknown-pipeline")]
    public async Task a_backfill_that_cannot_be_read_is_refused(string body, string contentType, string type)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await OperateTests.PostAsync(api, "/api/backfills", body, contentType: contentType);
        await response.ProblemAsync(ProblemTypes.All.Single(known => known.Name == type));
    }

    [Fact]
    public async Task a_body_or_a_key_that_is_too_large_is_refused()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await OperateTests.PostAsync(api, "/api/backfills", new string(' ', 70_000))).ProblemAsync(ProblemTypes.TooLarge);
        await (await OperateTests.PostAsync(api, "/api/backfills", "{}", new string('k', 256))).ProblemAsync(ProblemTypes.BadRequest);
    }

    [Theory]
    [InlineData("/api/pipelines/nothing/runs", "unknown-pipeline")]
    [InlineData("/api/pipelines/shop/runs", "invalid")]
    [InlineData("/api/pipelines/broken/runs", "invalid")]
    [InlineData("/api/runs/crm/deals/nothing/cancel", "unknown-run")]
    [InlineData("/api/backfills/nothing/cancel", "unknown-backfill")]
    public async Task a_command_on_what_is_not_there_is_refused(string path, string type)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await OperateTests.PostAsync(api, path)).ProblemAsync(ProblemTypes.All.Single(known => known.Name == type));
    }

    [Fact]
    public async Task a_misspelt_member_of_a_run_now_is_refused()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await OperateTests.PostAsync(api, "/api/pipelines/crm/runs", """{"stream":["deals"]}""")).ProblemAsync(ProblemTypes.Invalid);
    }

    [Theory]
    [InlineData("/api/runs/crm/deals/nothing", "unknown-run")]
    [InlineData("/api/backfills/nothing", "unknown-backfill")]
    [InlineData("/api/runs?pipeline=nothing", "unknown-pipeline")]
    [InlineData("/api/nothing", "unknown-route")]
    [InlineData("/", "unknown-route")]
    public async Task what_is_not_there_is_not_found(string path, string type)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await api.Client.GetAsync(path)).ProblemAsync(ProblemTypes.All.Single(known => known.Name == type));
    }

    [Theory]
    [InlineData("/api/runs?limit=0", "limit")]
    [InlineData("/api/runs?limit=501", "limit")]
    [InlineData("/api/runs?limit=x", "limit")]
    [InlineData("/api/runs?after=%20", "after")]
    [InlineData("/api/runs?after=eHg", "after")]
    [InlineData("/api/runs?status=done", "status")]
    [InlineData("/api/runs?stream=deals", "stream")]
    [InlineData("/api/backfills?limit=-1", "limit")]
    [InlineData("/api/deadletters?after=!", "after")]
    public async Task a_wrong_parameter_is_named(string path, string parameter)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement problem = await (await api.Client.GetAsync(path)).ProblemAsync(ProblemTypes.BadRequest);
        Assert.Equal(parameter, Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("parameter").GetString());
    }

    [Theory]
    [InlineData("DELETE", "/api/status", "GET")]
    [InlineData("GET", "/ingest/shop/orders", "POST")]
    [InlineData("PUT", "/api/backfills", "GET, POST")]
    public async Task another_method_is_refused_with_those_that_are_known(string method, string path, string allowed)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        HttpResponseMessage response = await api.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Contains(allowed, (await response.ProblemAsync(ProblemTypes.WrongMethod)).GetProperty("detail").GetString());
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order()));
    }

    [Fact]
    public async Task a_store_that_fails_is_a_problem_without_its_inside()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        api.Blobs.FailsWrites = true;
        await (await OperateTests.PostAsync(api, "/api/pipelines/crm/runs")).ProblemAsync(ProblemTypes.Unexpected);
    }
}

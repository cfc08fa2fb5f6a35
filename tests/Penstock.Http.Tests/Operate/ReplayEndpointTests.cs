using System.Net;
using System.Text.Json;
using Penstock.Http.Problems;

namespace Penstock.Http.Tests.Operate;

public class ReplayEndpointTests
{
    [Fact]
    public async Task a_replay_is_tried_started_followed_listed_and_cancelled()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement outlook = await (await OperateTests.PostAsync(api, "/api/replays", """{"pipeline":"crm","dryRun":true}""")).JsonAsync();
        Assert.Equal(0, outlook.GetProperty("blobs").GetInt32());
        HttpResponseMessage started = await OperateTests.PostAsync(api, "/api/replays", """{"pipeline":"crm","streams":["deals"],"from":"2026-01-01"}""", "k");
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        string url = started.Headers.Location!.OriginalString;
        Assert.Equal(url, (await OperateTests.PostAsync(api, "/api/replays", """{"pipeline":"crm","streams":["deals"],"from":"2026-01-01"}""", "k")).Headers.Location!.OriginalString);
        await (await OperateTests.PostAsync(api, "/api/replays", """{"pipeline":"crm"}""", "k")).ProblemAsync(ProblemTypes.KeyReused);
        // There was nothing to transform: it is over at once.
        Assert.Equal(("completed", 1), ((await (await api.Client.GetAsync(url)).JsonAsync()).GetProperty("status").GetString(), (await (await api.Client.GetAsync("/api/replays")).JsonAsync()).GetProperty("items").GetArrayLength()));
        Assert.Equal("completed", (await (await OperateTests.PostAsync(api, url + "/cancel")).JsonAsync()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("""{}""", "invalid", "#/pipeline")]
    [InlineData("""{"pipeline":"nothing"}""", "unknown-pipeline", null)]
    [InlineData("""{"pipeline":"crm","streams":["x"]}""", "invalid", "#/streams")]
    [InlineData("""{"pipeline":"crm","from":"2026-01-02","to":"2026-01-01"}""", "invalid", "#/from")]
    [InlineData("""{"pipeline":"crm","blobs":["raw/shop/orders/2026/01/01/000000000-x.jsonl.gz"]}""", "invalid", "#/blobs")]
    [InlineData("""{"pipeline":"crm","sample":0}""", "invalid", "#/sample")]
    [InlineData("""{"pipeline":"broken"}""", "invalid", "#/pipeline")]
    public async Task a_replay_that_makes_no_sense_is_refused(string body, string type, string? pointer)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement problem = await (await OperateTests.PostAsync(api, "/api/replays", body)).ProblemAsync(ProblemTypes.All.Single(known => known.Name == type));
        if (pointer is not null)
            Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task a_replay_that_is_not_there_is_not_found()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await api.Client.GetAsync("/api/replays/nothing")).ProblemAsync(ProblemTypes.UnknownReplay);
        await (await OperateTests.PostAsync(api, "/api/replays/nothing/cancel")).ProblemAsync(ProblemTypes.UnknownReplay);
    }
}

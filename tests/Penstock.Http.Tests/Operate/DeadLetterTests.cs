using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Connectors.Streams;
using Penstock.Http.Problems;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Tests.Operate;

public class DeadLetterTests
{
    private const string Transform = """{"pipeline":"crm","stream":"deals","blob":"raw/crm/deals/2026/01/01/000000000-x.jsonl.gz"}""";

    private static async Task<string> KeepAsync(ApiHost api, string queue, string message)
    {
        api.Stores.Time.Advance(TimeSpan.FromSeconds(1));
        return $"/api/deadletters/{queue}/{(await api.Services.GetRequiredService<DeadLetterOffice>().KeepAsync(queue, Encoding.UTF8.GetBytes(message), "It failed 5 times.")).Id}";
    }

    private static Task<HttpResponseMessage> SendAsync(ApiHost api, HttpMethod method, string path, string? body = null, string? etag = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return api.Client.SendAsync(request);
    }

    private static async Task<int> CountAsync(ApiHost api, string query = "") =>
        (await (await api.Client.GetAsync($"/api/deadletters{query}")).JsonAsync()).GetProperty("items").GetArrayLength();

    [Fact]
    public async Task one_is_shown_mended_and_sent_again_as_it_is_then()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        string url = await KeepAsync(api, QueueNames.Transform, """{"pipeline":"crm"}""");
        HttpResponseMessage shown = await api.Client.GetAsync(url);
        Assert.Equal("crm", (await shown.JsonAsync()).GetProperty("message").GetProperty("pipeline").GetString());
        HttpResponseMessage mended = await SendAsync(api, HttpMethod.Put, url, $$"""{"message":{{Transform}}}""", shown.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, mended.StatusCode);
        await (await SendAsync(api, HttpMethod.Put, url, $$"""{"message":{{Transform}}}""", shown.Headers.ETag!.Tag)).ProblemAsync(ProblemTypes.Changed);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(api, HttpMethod.Post, url + "/replay", etag: mended.Headers.ETag!.Tag)).StatusCode);
        WorkItem sent = Assert.Single(await api.Stores.Queue.ReceiveAsync(QueueNames.Transform, 10, TimeSpan.FromMinutes(1)));
        Assert.Equal(Transform, Encoding.UTF8.GetString(sent.Body.Span));
        await (await api.Client.GetAsync(url)).ProblemAsync(ProblemTypes.UnknownDeadLetter);
        await (await SendAsync(api, HttpMethod.Post, url + "/replay")).ProblemAsync(ProblemTypes.UnknownDeadLetter);
    }

    [Theory]
    [InlineData("""{"message":{"pipeline":"crm"}}""", "#/message")]
    [InlineData("""{"message":"x"}""", "#/message")]
    [InlineData("""{}""", "#/message")]
    [InlineData("""{"message":{"pipeline":"crm","stream":"deals","blob":"b"},"queue":"tick"}""", "#/queue")]
    public async Task a_message_that_its_queue_could_not_take_is_refused(string body, string pointer)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        string url = await KeepAsync(api, QueueNames.Transform, "x");
        JsonElement problem = await (await SendAsync(api, HttpMethod.Put, url, body)).ProblemAsync(ProblemTypes.Invalid);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal("eA==", (await (await api.Client.GetAsync(url)).JsonAsync()).GetProperty("messageBase64").GetString());
    }

    [Fact]
    public async Task many_are_filtered_sent_again_and_thrown_away()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await KeepAsync(api, QueueNames.Transform, Transform);
        await KeepAsync(api, QueueNames.Transform, Transform.Replace("crm", "shop"));
        await KeepAsync(api, QueueNames.Tick, """{"reason":"x"}""");
        Assert.Equal((3, 2, 1, 1), (await CountAsync(api), await CountAsync(api, "?queue=transform"), await CountAsync(api, "?pipeline=shop"), await CountAsync(api, "?limit=1")));
        await (await api.Client.GetAsync("/api/deadletters?queue=none")).ProblemAsync(ProblemTypes.BadRequest);
        await (await SendAsync(api, HttpMethod.Post, "/api/deadletters/replay", "{}")).ProblemAsync(ProblemTypes.Invalid);
        HttpResponseMessage replayed = await SendAsync(api, HttpMethod.Post, "/api/deadletters/replay", """{"pipeline":"crm"}""");
        Assert.Equal((HttpStatusCode.Accepted, 1), (replayed.StatusCode, (await replayed.JsonAsync()).GetProperty("count").GetInt32()));
        Assert.Equal(2, (await (await SendAsync(api, HttpMethod.Post, "/api/deadletters/discard", """{"all":true}""")).JsonAsync()).GetProperty("count").GetInt32());
        Assert.Equal(0, await CountAsync(api));
        Assert.Equal(1, await api.Stores.Queue.CountAsync(QueueNames.Transform));
    }

    [Fact]
    public async Task a_slice_whose_message_is_thrown_away_has_failed_so_that_its_run_ends()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var documents = api.Services.GetRequiredService<DocumentStore>();
        var runs = api.Services.GetRequiredService<RunBook>();
        var run = new Run { Id = "r", Pipeline = "crm", Stream = "deals", Kind = RunKind.Backfill, CreatedAt = api.Stores.Time.GetUtcNow(), Batches = 1, Slices = 1, Status = RunStatus.Running };
        await runs.BeginAsync(run);
        await documents.CreateAsync(RunNames.Batch(run, 0), new PlanBatch(0, [StreamSlice.Whole], null));
        string url = await KeepAsync(api, QueueNames.Extract, """{"pipeline":"crm","stream":"deals","run":"r","batch":0,"slice":0}""");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(api, HttpMethod.Delete, url)).StatusCode);
        Run ended = (await runs.FindAsync("crm", "deals", "r"))!.Value;
        Assert.Equal(RunStatus.Failed, ended.Status);
        Assert.Contains("threw its message away", ended.Error);
    }

    [Theory]
    [InlineData("/api/deadletters/extract/nothing")]
    [InlineData("/api/deadletters/nothing/abc")]
    [InlineData("/api/deadletters/extract/a%20b")]
    public async Task what_is_not_there_is_not_found(string path)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.GetAsync(path)).StatusCode);
    }
}

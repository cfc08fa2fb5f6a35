using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Penstock.Http.Problems;
using Penstock.Pipelines.Cursors;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Runs;

namespace Penstock.Http.Tests.Operate;

public class StateTests
{
    private const string Deals = "/api/pipelines/crm/streams/deals/state";

    private static Task<HttpResponseMessage> SendAsync(ApiHost api, HttpMethod method, string path, string? body = null, string? etag = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return api.Client.SendAsync(request);
    }

    private static async Task<string> StateAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.JsonAsync()).GetProperty("stream").GetProperty("stream_state").GetRawText();
    }

    [Theory]
    [InlineData("""{"updated":"2026-01-01T00:00:00Z"}""", """{"updated":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"type":"STREAM","stream":{"stream_descriptor":{"name":"deals"},"stream_state":{"updated":7}}}""", """{"updated":7}""")]
    [InlineData("""{"type":"STATE","state":{"type":"STREAM","stream":{"stream_descriptor":{"name":"deals"},"stream_state":{"updated":7}}}}""", """{"updated":7}""")]
    [InlineData(
        """{"states":[{"partition":{"b":2,"a":{"d":1,"c":"ä"}},"cursor":{"updated":7}},{"partition":{"b":3},"cursor":{"updated":8}}],"use_global_cursor":false,"lookback_window":0}""",
        """{"use_global_cursor":false,"states":[{"partition":{"a":{"c":"ä","d":1},"b":2},"cursor":{"updated":7}},{"partition":{"b":3},"cursor":{"updated":8}}]}""")]
    public async Task airbytes_state_is_set_and_read_again(string given, string expected)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(await StateAsync(await SendAsync(api, HttpMethod.Put, Deals, given))).RootElement));
        string read = await StateAsync(await api.Client.GetAsync(Deals));
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(read).RootElement), read);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(await StateAsync(await SendAsync(api, HttpMethod.Put, Deals, read))).RootElement));
    }

    [Fact]
    public async Task what_is_set_is_where_the_next_run_begins_and_a_reset_forgets_it()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await SendAsync(api, HttpMethod.Put, Deals, """{"updated":7}""");
        Assert.Equal("""{"updated":7}""", await CursorAsync());
        await SendAsync(api, HttpMethod.Put, Deals, """{"states":[{"partition":{"id":1},"cursor":{"updated":8}}]}""");
        Assert.Null(await CursorAsync());
        StoredCursors parents = new StoredCursors(api.Services.GetRequiredService<DocumentStore>(), "crm", "deals").OfParent("accounts");
        await parents.ReplaceAsync([], new Dictionary<string, string> { ["{}"] = """{"updated":9}""" });
        Assert.Equal("{}", await StateAsync(await SendAsync(api, HttpMethod.Delete, Deals)));
        Assert.Null(await new StoredCursors(api.Services.GetRequiredService<DocumentStore>(), "crm", "deals").OfParent("accounts").FindAsync("{}"));
        JsonElement all = (await (await api.Client.GetAsync("/api/pipelines/crm/state")).JsonAsync()).GetProperty("items");
        Assert.Equal(["contacts", "deals"], all.EnumerateArray().Select(message => message.GetProperty("stream").GetProperty("stream_descriptor").GetProperty("name").GetString()));
        async Task<string?> CursorAsync() => await new StoredCursors(api.Services.GetRequiredService<DocumentStore>(), "crm", "deals").FindAsync("{}");
    }

    [Fact]
    public async Task a_state_that_somebody_else_changed_is_not_set()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        string etag = (await api.Client.GetAsync(Deals)).Headers.ETag!.Tag;
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SendAsync(api, HttpMethod.Put, Deals, $$"""{"updated":{{i}}}""", etag)));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.All(answers.Where(answer => answer.StatusCode != HttpStatusCode.OK), answer => Assert.True(answer.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict));
        await (await SendAsync(api, HttpMethod.Delete, Deals, etag: etag)).ProblemAsync(ProblemTypes.Changed);
    }

    [Fact]
    public async Task while_a_run_goes_on_it_is_only_set_by_force_and_no_run_begins_while_it_is_set()
    {
        await using ApiHost api = await ApiHost.StartAsync();
        var runs = api.Services.GetRequiredService<RunBook>();
        string run = (await runs.BeginIncrementalAsync("crm", "deals", api.Stores.Time.GetUtcNow()))!;
        JsonElement problem = await (await SendAsync(api, HttpMethod.Put, Deals, """{"updated":7}""")).ProblemAsync(ProblemTypes.Conflict);
        Assert.Contains(run, problem.GetProperty("detail").GetString());
        Assert.Equal("""{"updated":7}""", await StateAsync(await SendAsync(api, HttpMethod.Put, Deals + "?force=true", """{"updated":7}""")));
        await (await SendAsync(api, HttpMethod.Put, Deals + "?force=maybe", """{"updated":7}""")).ProblemAsync(ProblemTypes.BadRequest);

        await runs.EndAsync((await runs.FindAsync("crm", "deals", run))!.Value, RunStatus.Completed, null);
        await api.Services.GetRequiredService<DocumentStore>().ChangeAsync<StreamDocument>(
            RunNames.Stream("crm", "deals"), stream => stream! with { EditedUntil = api.Stores.Time.GetUtcNow().AddMinutes(1) });
        api.Stores.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((null, false), await runs.TryBeginIncrementalAsync("crm", "deals", api.Stores.Time.GetUtcNow()));
        await (await SendAsync(api, HttpMethod.Delete, Deals)).ProblemAsync(ProblemTypes.Conflict);
        // Whoever changed it has died: after a minute all goes on.
        api.Stores.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.NotNull(await runs.BeginIncrementalAsync("crm", "deals", api.Stores.Time.GetUtcNow()));
    }

    [Theory]
    [InlineData("{}", "DELETE")]
    [InlineData("""{"type":"GLOBAL","global":{}}""", "GLOBAL")]
    [InlineData("""{"type":"LEGACY","data":{}}""", "LEGACY")]
    [InlineData("""{"type":"STREAM","stream":{"stream_descriptor":{"name":"contacts"},"stream_state":{"a":1}}}""", "contacts")]
    [InlineData("""{"type":"STREAM"}""", "stream_descriptor")]
    [InlineData("""{"states":{}}""", "states")]
    [InlineData("""{"states":[{"partition":1,"cursor":{}}]}""", "states[0]")]
    [InlineData("""{"states":[],"use_global_cursor":true,"state":{"a":1}}""", "use_global_cursor")]
    public async Task a_state_that_is_none_is_refused(string body, string told)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        JsonElement problem = await (await SendAsync(api, HttpMethod.Put, Deals, body)).ProblemAsync(ProblemTypes.Invalid);
        Assert.Contains(told, problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/api/pipelines/nothing/state", "unknown-pipeline")]
    [InlineData("/api/pipelines/nothing/streams/deals/state", "unknown-pipeline")]
    [InlineData("/api/pipelines/crm/streams/nothing/state", "unknown-stream")]
    [InlineData("/api/pipelines/shop/streams/orders/state", "unknown-stream")]
    [InlineData("/api/pipelines/broken/streams/orders/state", "conflict")]
    public async Task a_stream_that_is_not_pulled_has_no_state(string path, string type)
    {
        await using ApiHost api = await ApiHost.StartAsync();
        await (await api.Client.GetAsync(path)).ProblemAsync(ProblemTypes.All.Single(known => known.Name == type));
    }
}

using System.Text.Json;
using Penstock.Http.Problems;
using Penstock.Http.Routing;

namespace Penstock.Cli.Tests.LocalHost;

/// <summary>
/// A walk along every endpoint over real HTTP, as an operator would go; the table says what may not be left out: an endpoint
/// that is added fails this test until the walk goes there.
/// </summary>
public class EndpointWalkTests
{
    [Fact]
    public async Task every_endpoint_does_what_it_is_for_and_none_is_left_out()
    {
        await using WalkedHost host = await WalkedHost.StartAsync();
        await PushAsync(host);
        await RunAsync(host);
        await BackfillAsync(host);
        await ReplayAsync(host);
        await StateAsync(host);
        await PauseAsync(host);
        await MendAsync(host);
        await EraseAsync(host);
        await LookAsync(host);
        Assert.Empty(host.Met.Missing());
    }

    [Fact]
    public async Task what_isnt_there_is_404_wherever_something_is_named()
    {
        await using WalkedHost host = await WalkedHost.StartAsync();
        Endpoint[] all = [.. EndpointTable.All.Where(endpoint => OfStatus(endpoint, 404).Any())];
        foreach (Endpoint endpoint in all)
        {
            string path = string.Join('/', endpoint.Route.Split('/').Select(part => part.StartsWith('{') ? "nothing" : part));
            string? body = endpoint.Method == "GET" ? null : endpoint.Name switch
            {
                "EditDeadLetter" => """{"message":{}}""",
                "StartBackfill" => """{"pipeline":"nothing","from":"2026-01-01","to":"2026-01-02"}""",
                "StartReplay" => """{"pipeline":"nothing"}""",
                "SetState" => """{"updated":1}""",
                _ => "{}",
            };
            Answer answer = await host.SendAsync(endpoint.Method, endpoint.Route.Contains('{') || body is not null ? path : $"{path}?pipeline=nothing", body);
            Assert.True(OfStatus(endpoint, 404).Contains(answer.Problem), $"{endpoint.Name} answered {answer.Status} {answer.Problem}.");
        }

        Assert.Empty(host.Met.Missing(all, 404));
    }

    [Fact]
    public async Task a_change_of_what_somebody_else_changed_is_412_wherever_there_is_an_etag()
    {
        await using WalkedHost host = await WalkedHost.StartAsync();
        Endpoint[] all = [.. EndpointTable.All.Where(endpoint => OfStatus(endpoint, 412).Any())];
        string letter = await host.DieAsync();
        foreach (Endpoint endpoint in all)
        {
            string path = endpoint.Route.Replace("{pipeline}", "sample").Replace("{stream}", "numbers").Replace("{credential}", WalkedHost.Budget).Replace("/api/deadletters/{queue}/{id}", letter);
            string body = endpoint.Name switch { "EditDeadLetter" => """{"message":{"reason":"mended"}}""", "SetState" => """{"updated":1}""", _ => "{}" };
            Assert.Equal("changed", (await host.SendAsync(endpoint.Method, path, body, etag: "\"what-was-before\"")).Problem);
            Answer now = await host.SendAsync("GET", path.Replace("/pause", "").Replace("/resume", "").Replace("/replay", ""));
            Assert.False(now.ETag is null, $"{endpoint.Name} has no ETag to read.");
        }

        Assert.Empty(host.Met.Missing(EndpointTable.All.Where(endpoint => endpoint.HasETag && endpoint.Method != "GET"), 412));
    }

    [Fact]
    public async Task a_body_that_makes_no_sense_is_422_wherever_there_is_one()
    {
        await using WalkedHost host = await WalkedHost.StartAsync();
        Endpoint[] all = [.. EndpointTable.All.Where(endpoint => endpoint.Body is not null)];
        foreach (Endpoint endpoint in all)
        {
            string path = endpoint.Route.Replace("{pipeline}", "sample").Replace("{stream}", "numbers").Replace("{credential}", WalkedHost.Budget)
                .Replace("/api/deadletters/{queue}/{id}", endpoint.Route.Contains("{queue}") ? await host.DieAsync() : "");
            // A state is an object with whatever the source calls its cursor: only an empty one is none.
            Answer answer = await host.SendAsync(endpoint.Method, path, endpoint.Name == "SetState" ? "{}" : """{"nonsense":1}""");
            Assert.True(answer is { Status: 422, Problem: "invalid" }, $"{endpoint.Name} answered {answer.Status} {answer.Problem}.");
        }

        Assert.Empty(host.Met.Missing(all, 422));
    }

    [Fact]
    public async Task what_cant_be_done_as_things_are_is_409_wherever_that_is_described()
    {
        await using WalkedHost host = await WalkedHost.StartAsync();
        string backfill = (await host.SendAsync("POST", "/api/backfills", """{"pipeline":"sample","from":"1970-01-01","to":"1970-01-01T00:00:20Z"}""")).Location!;
        await host.UntilAsync(backfill, json => json.GetProperty("status").GetString() == "completed");
        host.PauseByFile(true);
        Assert.Equal("conflict", (await host.SendAsync("POST", "/api/pipelines/sample/resume")).Problem);
        host.PauseByFile(false);
        Assert.Equal("conflict", (await host.SendAsync("POST", $"{backfill}/pause")).Problem);
        Assert.Equal("conflict", (await host.SendAsync("POST", $"{backfill}/resume")).Problem);
        host.Break(true);
        const string State = "/api/pipelines/sample/streams/numbers/state";
        Assert.Equal("conflict", (await host.SendAsync("GET", State)).Problem);
        Assert.Equal("conflict", (await host.SendAsync("PUT", State, """{"updated":1}""")).Problem);
        Assert.Equal("conflict", (await host.SendAsync("DELETE", State)).Problem);
        Assert.Empty(host.Met.Missing(EndpointTable.All.Where(endpoint => endpoint.Problems.Contains(ProblemTypes.Conflict)), 409));
    }

    [Fact]
    public async Task a_key_that_was_used_for_another_request_is_refused_by_each_that_takes_one()
    {
        await using WalkedHost host = await WalkedHost.StartAsync();
        foreach (Endpoint endpoint in EndpointTable.All.Where(endpoint => endpoint is { Method: "POST", IsOpen: false } && endpoint.Name is not ("StartBackfill" or "StartReplay" or "StartErasure")))
        {
            string path = string.Join('/', endpoint.Route.Split('/').Select(part => part.StartsWith('{') ? "nothing" : part));
            Assert.Equal(200, (await host.SendAsync("POST", "/api/pipelines/sample/pause", key: $"once-{endpoint.Name}")).Status);
            Assert.Equal("idempotency-key-reused", (await host.SendAsync("POST", path, """{"nonsense":1}""", key: $"once-{endpoint.Name}")).Problem);
        }
    }

    private static IEnumerable<string> OfStatus(Endpoint endpoint, int status) =>
        endpoint.Problems.Where(problem => problem.Status == status && endpoint.Route.StartsWith("/api/", StringComparison.Ordinal)).Select(problem => problem.Uri.Split(':')[^1]);

    private static async Task PushAsync(WalkedHost host)
    {
        Assert.Equal(202, (await host.PushAsync("""[{"id":1,"n":1,"email":"ada@example.com"},{"id":2,"n":"x"},{"id":3,"n":"y"},{"id":4,"n":"z"}]""")).Status);
        await host.UntilAsync("/api/quarantine", json => json.GetProperty("items").GetArrayLength() == 3);
    }

    private static async Task RunAsync(WalkedHost host)
    {
        JsonElement run = (await host.SendAsync("POST", "/api/pipelines/sample/runs", """{"streams":["numbers"]}""")).Json.GetProperty("runs")[0];
        string url = run.GetProperty("url").GetString()!;
        Assert.Equal("completed", (await host.SendAsync("GET", $"{url}?wait=60")).Text("status"));
        Assert.NotEqual(0, (await host.SendAsync("GET", $"{url}/slices")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await host.SendAsync("GET", "/api/runs?pipeline=sample")).Json.GetProperty("items").GetArrayLength());
        // It has ended: nothing is left to stop, and nothing is changed by asking.
        Assert.Equal(202, (await host.SendAsync("POST", $"{url}/cancel")).Status);
        Assert.Equal("completed", (await host.SendAsync("GET", url)).Text("status"));
    }

    private static async Task BackfillAsync(WalkedHost host)
    {
        // Nothing is planned while the pipeline is paused: the backfill stays open until the walk is through with it.
        await host.SendAsync("POST", "/api/pipelines/sample/pause");
        const string Body = """{"pipeline":"sample","streams":["numbers"],"from":"1970-01-01","to":"1970-01-01T00:00:20Z"}""";
        Answer begun = await host.SendAsync("POST", "/api/backfills", Body, key: "walk");
        Assert.Equal(202, begun.Status);
        Assert.Equal(begun.Location, (await host.SendAsync("POST", "/api/backfills", Body, key: "walk")).Location);
        Assert.Equal("paused", (await host.SendAsync("POST", $"{begun.Location}/pause")).Text("status"));
        Assert.NotEqual("paused", (await host.SendAsync("POST", $"{begun.Location}/resume")).Text("status"));
        Assert.Equal("cancelled", (await host.SendAsync("POST", $"{begun.Location}/cancel")).Text("status"));
        Assert.Equal("cancelled", (await host.SendAsync("DELETE", begun.Location!)).Text("status"));
        Assert.Equal("cancelled", (await host.SendAsync("GET", begun.Location!)).Text("status"));
        Assert.Equal(1, (await host.SendAsync("GET", "/api/backfills")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal("ready", (await host.SendAsync("POST", "/api/pipelines/sample/resume")).Text("state"));
    }

    private static async Task ReplayAsync(WalkedHost host)
    {
        Answer outlook = await host.SendAsync("POST", "/api/replays", """{"pipeline":"sample","streams":["numbers"],"dryRun":true}""");
        Assert.Equal(20, outlook.Json.GetProperty("records").GetProperty("unchanged").GetInt32());
        Answer begun = await host.SendAsync("POST", "/api/replays", """{"pipeline":"sample","streams":["numbers"]}""");
        await host.UntilAsync(begun.Location!, json => json.GetProperty("status").GetString() == "completed");
        Assert.Equal("completed", (await host.SendAsync("POST", $"{begun.Location}/cancel")).Text("status"));
        Assert.Equal(1, (await host.SendAsync("GET", "/api/replays")).Json.GetProperty("items").GetArrayLength());
    }

    private static async Task StateAsync(WalkedHost host)
    {
        const string Path = "/api/pipelines/sample/streams/numbers/state";
        Answer state = await host.SendAsync("GET", Path);
        Assert.Equal(200, (await host.SendAsync("PUT", Path, """{"updated":3}""", state.ETag)).Status);
        Assert.Contains("\"updated\":3", (await host.SendAsync("GET", "/api/pipelines/sample/state")).Json.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(200, (await host.SendAsync("DELETE", Path)).Status);
    }

    private static async Task PauseAsync(WalkedHost host)
    {
        const string Budget = $"/api/budgets/{WalkedHost.Budget}";
        Assert.Equal("paused", (await host.SendAsync("POST", $"{Budget}/pause", """{"reason":"The vendor migrates."}""")).Text("state"));
        Assert.Equal("The vendor migrates.", (await host.SendAsync("GET", Budget)).Json.GetProperty("pause").GetProperty("reason").GetString());
        Assert.Equal("open", (await host.SendAsync("POST", $"{Budget}/resume")).Text("state"));
        Assert.Equal(1, (await host.SendAsync("GET", "/api/budgets")).Json.GetProperty("items").GetArrayLength());
    }

    private static async Task MendAsync(WalkedHost host)
    {
        string letter = await host.DieAsync();
        Answer seen = await host.SendAsync("GET", letter);
        Assert.Equal("It failed 5 times.", seen.Text("reason"));
        Assert.Equal(200, (await host.SendAsync("PUT", letter, """{"message":{"reason":"mended"}}""", seen.ETag)).Status);
        Assert.Equal(202, (await host.SendAsync("POST", $"{letter}/replay")).Status);
        Assert.Equal(200, (await host.SendAsync("DELETE", await host.DieAsync())).Status);
        await host.DieAsync();
        Assert.Equal(1, (await host.SendAsync("POST", "/api/deadletters/replay", """{"queue":"tick"}""")).Json.GetProperty("count").GetInt32());
        await host.DieAsync();
        Assert.Equal(1, (await host.SendAsync("POST", "/api/deadletters/discard", """{"all":true}""")).Json.GetProperty("count").GetInt32());
        Assert.Equal(0, (await host.SendAsync("GET", "/api/deadletters")).Json.GetProperty("items").GetArrayLength());

        string[] ids = [.. (await host.SendAsync("GET", "/api/quarantine?pipeline=sample")).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
        Assert.Equal("n", (await host.SendAsync("GET", $"/api/quarantine/{Uri.EscapeDataString(ids[0])}")).Text("path"));
        Assert.Equal(1, (await host.SendAsync("DELETE", $"/api/quarantine/{Uri.EscapeDataString(ids[0])}")).Json.GetProperty("discarded").GetInt32());
        Answer replay = await host.SendAsync("POST", "/api/quarantine/replay", $$"""{"ids":["{{ids[1]}}"]}""");
        Assert.Equal((202, 1), (replay.Status, replay.Json.GetProperty("records").GetInt32()));
        Assert.Equal(200, (await host.SendAsync("POST", "/api/quarantine/discard", """{"pipeline":"sample"}""")).Status);
    }

    private static async Task EraseAsync(WalkedHost host)
    {
        Answer begun = await host.SendAsync("POST", "/api/erasures", """{"subject":{"email":"ada@example.com"}}""");
        Assert.Equal(202, begun.Status);
        await host.UntilAsync(begun.Location!, json => json.GetProperty("found").GetArrayLength() > 0);
        Assert.NotEqual(0, (await host.SendAsync("GET", $"{begun.Location}/findings")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await host.SendAsync("GET", "/api/erasures")).Json.GetProperty("items").GetArrayLength());
    }

    private static async Task LookAsync(WalkedHost host)
    {
        foreach (string path in (string[])
            ["/api/overview", "/api/status", "/api/pipelines", "/api/pipelines/sample", "/api/pipelines/sample/streams", "/api/catalog?samples=1", "/api/lineage", "/api/cost", "/api/drift", "/api/audit?deep=true",
            "/api/activity", "/api/openapi.json", "/console/index.html", "/console/views/overview.js", "/health", "/health/ready"])
            Assert.Equal(200, (await host.SendAsync("GET", path)).Status);
        Assert.Equal(302, (await host.SendAsync("GET", "/console")).Status);
    }
}

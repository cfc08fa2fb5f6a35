using System.Net;
using System.Text.Json;
using Penstock.Http.Problems;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Stages;

namespace Penstock.Cli.Tests.LocalHost;

public class LocalServerTests
{
    private const string Key = "0123456789abcdef";

    [Fact]
    public async Task what_is_due_is_pulled_curated_and_told_in_one_line()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        Assert.Equal(20, (await host.Stores.CuratedAsync("numbers", 20)).Count);
        string line = await LineAsync(host, line => line.StartsWith("sample/numbers"));
        Assert.Contains("completed", line);
        Assert.Contains("20 landed, 20 curated, 0 quarantined", line);
    }

    [Fact]
    public async Task a_message_that_cannot_be_processed_is_told_and_listed()
    {
        var stores = new RunningStores();
        await stores.Queue.SendAsync("extract", "{}"u8.ToArray());
        await using RunningHost host = await RunningHost.StartAsync(stores: stores);
        Assert.StartsWith("dead letter", await LineAsync(host, line => line.StartsWith("dead letter")));
        JsonElement letters = JsonDocument.Parse(await host.Client.GetStringAsync("/api/deadletters")).RootElement;
        Assert.Equal("extract", letters.GetProperty("items")[0].GetProperty("queue").GetString());
    }

    [Fact]
    public async Task a_stop_leaves_nothing_undone_behind()
    {
        var stores = new RunningStores();
        await using (RunningHost first = await RunningHost.StartAsync(stores: stores))
            (await first.SendAsync("/orders/messages", """{"id":"a","updated":1}""")).IsCreated();
        await using RunningHost second = await RunningHost.StartAsync(stores: stores);
        Assert.Single(await stores.CuratedAsync("orders", 1));
        Assert.Equal(20, (await stores.CuratedAsync("numbers", 20)).Count);
    }

    [Fact]
    public async Task a_host_that_starts_where_one_has_just_planned_plans_at_once_all_the_same()
    {
        var stores = new RunningStores();
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await new DocumentStore(stores.Blobs).CreateAsync(TickChain.Name, new TickChain(now, now.AddMinutes(1)));
        await using RunningHost host = await RunningHost.StartAsync(stores: stores);
        await stores.CuratedAsync("numbers", 20);
        Assert.True(TimeProvider.System.GetUtcNow() < now.AddSeconds(55), "It waited for the minute to be over.");
    }

    [Fact]
    public async Task a_port_in_use_ends_the_start_before_any_work_begins()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        var stores = new RunningStores();
        await Assert.ThrowsAsync<IOException>(() => RunningHost.StartAsync(RunningHost.Options with { Port = host.Client.BaseAddress!.Port }, stores));
        Assert.Equal(0, await stores.Queue.CountAsync("extract"));
    }

    [Theory]
    [InlineData("GET", "/", "unknown-route")]
    [InlineData("GET", "/api/nothing", "unknown-route")]
    [InlineData("GET", "/orders/messages", "wrong-method")]
    [InlineData("PUT", "/api/status", "wrong-method")]
    public async Task what_it_does_not_know_is_a_problem(string method, string path, string type)
    {
        await using RunningHost host = await RunningHost.StartAsync();
        HttpResponseMessage response = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await response.ProblemAsync(ProblemTypes.All.Single(known => known.Name == type));
    }

    [Theory]
    [InlineData("evil.example", null, false)]
    [InlineData("evil.example:80", null, false)]
    [InlineData("localhost:1234", null, true)]
    [InlineData("[::1]", null, true)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData("localhost:1234", "http://localhost:1234", true)]
    [InlineData("localhost:1234", "http://localhost:4321", false)]
    public async Task pages_of_other_sites_cannot_call_it_through_the_browser(string? host, string? origin, bool isAllowed)
    {
        await using RunningHost running = await RunningHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
        request.Headers.Host = host;
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        HttpResponseMessage response = await running.Client.SendAsync(request);
        if (isAllowed)
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        else
            await response.ProblemAsync(ProblemTypes.ForeignOrigin);
    }

    [Fact]
    public async Task with_a_key_operators_and_senders_need_it_and_probes_and_webhooks_do_not()
    {
        await using RunningHost host = await RunningHost.StartAsync(RunningHost.Options with { Key = Key });
        await (await host.Client.GetAsync("/api/status")).ProblemAsync(ProblemTypes.WrongKey);
        await (await host.Client.GetAsync("/api/status?code=0123456789abcdeF")).ProblemAsync(ProblemTypes.WrongKey);
        await (await host.SendAsync("/orders/messages", "{}")).ProblemAsync(ProblemTypes.WrongKey);
        await (await host.SendAsync("/ORDERS/messages", "{}", "application/json", ("x-functions-key", "wrong"))).ProblemAsync(ProblemTypes.WrongKey);
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync($"/api/status?code={Key}")).StatusCode);
        (await host.SendAsync("/orders/messages", """{"id":"a"}""", "application/json", ("x-functions-key", Key))).IsCreated();
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("/health")).StatusCode);
        await (await host.SendAsync("/ingest/sample/nothing", "{}")).ProblemAsync(ProblemTypes.UnknownStream);
    }

    [Theory]
    [InlineData("0.0.0.0", null, 7071, "--key")]
    [InlineData("192.168.1.2", null, 7071, "--key")]
    [InlineData("0.0.0.0", "short", 7071, "16 characters")]
    [InlineData("127.0.0.1", null, 70000, "isn't a port")]
    [InlineData("0.0.0.0", Key, 7071, null)]
    [InlineData("::1", null, 0, null)]
    public void it_listens_beyond_this_machine_only_with_a_key(string address, string? key, int port, string? problem)
    {
        string? said = (RunningHost.Options with { Address = IPAddress.Parse(address), Key = key, Port = port }).Problem();
        if (problem is null)
            Assert.Null(said);
        else
            Assert.Contains(problem, said);
    }

    private static async Task<string> LineAsync(RunningHost host, Func<string, bool> wanted)
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            if (host.Lines.FirstOrDefault(wanted) is { } line)
                return line;
            await Task.Delay(20, giveUp.Token);
        }
    }
}

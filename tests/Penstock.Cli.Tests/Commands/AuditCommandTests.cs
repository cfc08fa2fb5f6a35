using System.Net;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Tests.LocalHost;

namespace Penstock.Cli.Tests.Commands;

public class AuditCommandTests
{
    private const string Clean = """
        {"at":"2026-01-01T00:00:00Z","isComplete":true,"checked":{"streams":2,"runs":3,"slices":4,"blobs":5,"records":6000,"cursors":7,"compared":8},"broken":0,"notes":0,"repaired":0,"findings":[],"isClean":true}
        """;

    private const string Broken = """
        {"at":"2026-01-01T00:00:00Z","isComplete":true,"checked":{"streams":1,"runs":0,"slices":0,"blobs":0,"records":0,"cursors":0,"compared":0},"broken":1,"notes":0,"repaired":0,
         "findings":[{"rule":"curated","isBroken":true,"subject":"shop/orders","message":"The record is forged.","fix":"Delete it."}],"isClean":false}
        """;

    [Fact]
    public async Task a_host_that_runs_audits_itself()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        using var run = new CommandRun();
        (int exit, string output, string error) = await run.RunAsync("audit", "--url", $"{host.Client.BaseAddress}", "--deep");
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        Assert.Contains("No promise is broken.", output);
    }

    [Fact]
    public async Task a_host_is_asked_with_a_key_and_its_report_is_shown()
    {
        await using var server = new OneAnswer(HttpStatusCode.OK, Clean);
        using var run = new CommandRun();
        (int exit, string output, _) = await run.RunAsync("audit", "--url", server.Url, "--key", "the-key");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("Checked 2 streams: 3 runs, 4 slices, 5 raw blobs with 6,000 pulled records, 7 cursors, 8 records compared with the curated ones.", output);
        Assert.Equal(("/api/audit", "the-key"), await server.Asked);
    }

    [Fact]
    public async Task pipelines_that_are_named_are_asked_for_one_by_one_and_added_up()
    {
        await using var server = new OneAnswer(HttpStatusCode.OK, Broken);
        using var run = new CommandRun();
        (int exit, string output, _) = await run.RunAsync("audit", "shop", "crm", "--url", server.Url);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("The record is forged.", output);
        Assert.Contains("Checked 2 streams", output);
        Assert.Contains("2 broken; 0 notes.", output);
        (exit, output, _) = await run.RunAsync("audit", "shop", "--url", server.Url, "--json");
        Assert.Equal((ExitCode.Failed, 1), (exit, JsonDocument.Parse(output).RootElement.GetProperty("broken").GetInt32()));
    }

    [Fact]
    public async Task an_audit_that_had_not_time_enough_says_so_and_is_no_success()
    {
        await using var server = new OneAnswer(HttpStatusCode.OK, Clean.Replace("\"isComplete\":true", "\"isComplete\":false", StringComparison.Ordinal));
        using var run = new CommandRun();
        (int exit, string output, _) = await run.RunAsync("audit", "--url", server.Url);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("No promise was found to be broken.", output);
        Assert.Contains("The time was over before everything was looked at", output);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "{}", "wants a key", ExitCode.Failed)]
    [InlineData(HttpStatusCode.OK, "<html>", "doesn't answer as Penstock does", ExitCode.Failed)]
    [InlineData(HttpStatusCode.OK, "{}", "doesn't answer as Penstock does", ExitCode.Failed)]
    [InlineData(HttpStatusCode.NotFound, """{"title":"Unknown pipeline","detail":"There is no pipeline 'shop'."}""", "There is no pipeline 'shop'.", ExitCode.BadInput)]
    public async Task a_host_that_does_not_audit_says_why(HttpStatusCode status, string body, string message, int expected)
    {
        await using var server = new OneAnswer(status, body);
        using var run = new CommandRun();
        (int exit, _, string error) = await run.RunAsync("audit", "shop", "--url", server.Url);
        Assert.Equal(expected, exit);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task a_host_repairs_nothing()
    {
        using var run = new CommandRun();
        (int exit, _, string error) = await run.RunAsync("audit", "--repair", "--url", "http://127.0.0.1:1");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("A host audits and repairs nothing.", error);
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Tests.Commands;

public class StatusCommandTests
{
    [Fact]
    public async Task a_folder_tells_what_each_stream_did_last_and_which_pipelines_are_broken()
    {
        using CommandRun run = new CommandRun()
            .With("pipelines/bad/pipeline.yaml", "a: [")
            .With("pipelines/shop/pipeline.yaml", "pipeline: shop\nstreams: [{stream: orders, receive: {event_hub: a}, key: [id]}]\n");
        Assert.Equal(ExitCode.Ok, (await run.RunAsync("demo", "--quota", "fixed:100/1s")).Exit);
        (int exit, string output, string error) = await run.RunAsync("status", "--json");
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        JsonElement[] streams = [.. JsonDocument.Parse(output).RootElement.GetProperty("streams").EnumerateArray()];
        Assert.Equal(["bad/-", "earthquakes/events", "shop/orders"], streams.Select(one => $"{one.GetProperty("pipeline")}/{one.GetProperty("stream")}"));
        Assert.Equal("broken", streams[0].GetProperty("state").GetString());
        Assert.Equal(("completed", 1707), (streams[1].GetProperty("lastStatus").GetString(), streams[1].GetProperty("curated").GetInt32()));
        Assert.Equal("active", streams[2].GetProperty("state").GetString());
        Assert.Contains("| completed |  1,707 |   1,707 |", (await run.RunAsync("status")).Out);
    }

    [Fact]
    public async Task a_folder_that_is_not_there_says_what_to_do()
    {
        using var run = new CommandRun();
        (int exit, _, string error) = await run.RunAsync("status");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("There is no folder 'penstock-data'.", error);
        Assert.Contains("penstock demo", error);
        Assert.False(Directory.Exists(Path.Combine(run.Folder, "penstock-data")));
    }

    [Fact]
    public async Task a_host_is_asked_over_http()
    {
        const string Status = """
            { "at": "2026-01-01T00:00:00Z", "deadLetters": 2, "alerts": [{ "kind": "freshness", "subject": "a/b", "message": "It is late.", "since": "2026-01-01T00:00:00Z" }],
              "pipelines": [{ "pipeline": "a", "state": "active", "streams": [{ "stream": "b", "kind": "pulled", "lastRun": "r1", "lastStatus": "completed", "freshUntil": "2025-12-31T23:00:00Z" }] },
                            { "pipeline": "c", "state": "broken", "streams": [] }] }
            """;
        await using var server = new OneAnswer(HttpStatusCode.OK, Status);
        using var run = new CommandRun();
        (int exit, string output, _) = await run.RunAsync("status", "--url", server.Url, "--key", "the-key");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("2025-12-31 23:00:00Z", output);
        Assert.Contains("alert: freshness a/b: It is late.", output);
        Assert.Contains("2 dead letters", output);
        Assert.Equal(("/api/status", "the-key"), await server.Asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "{}", "wants a key")]
    [InlineData(HttpStatusCode.NotFound, "{}", "answered 404")]
    [InlineData(HttpStatusCode.OK, "<html>", "doesn't answer as Penstock does")]
    [InlineData(HttpStatusCode.OK, "{}", "doesn't answer as Penstock does")]
    public async Task a_host_that_does_not_answer_well_is_a_failure(HttpStatusCode status, string body, string message)
    {
        await using var server = new OneAnswer(status, body);
        using var run = new CommandRun();
        (int exit, _, string error) = await run.RunAsync("status", "--url", server.Url);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains(message, error);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", ExitCode.Failed, "can't be reached")]
    [InlineData("ftp://somewhere", ExitCode.BadInput, "isn't an address")]
    [InlineData("localhost", ExitCode.BadInput, "isn't an address")]
    public async Task a_host_that_cannot_be_asked_says_why(string url, int expected, string message)
    {
        using var run = new CommandRun();
        (int exit, _, string error) = await run.RunAsync("status", "--url", url);
        Assert.Equal(expected, exit);
        Assert.Contains(message, error);
    }
}

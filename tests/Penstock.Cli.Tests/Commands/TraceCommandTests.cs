using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Tracing;

namespace Penstock.Cli.Tests.Commands;

public class TraceCommandTests
{
    [Fact]
    public async Task a_run_is_drawn_from_its_beginning_to_the_curated_write()
    {
        using var run = new CommandRun();
        Assert.Equal(ExitCode.Ok, (await run.RunAsync("demo", "--quota", "100/1s")).Exit);
        (int exit, string output, _) = await run.RunAsync("trace", "earthquakes/events");
        Assert.Equal(ExitCode.Ok, exit);
        string[] lines = output.Split('\n');
        Assert.Matches("^trace [0-9a-f]{32}: [0-9]+ spans in ", lines[0]);
        Assert.StartsWith("begin earthquakes/events ", lines[1]);
        Assert.StartsWith("├─ plan earthquakes/events ", lines[2]);
        foreach (string step in (string[])["├─ extract earthquakes/events", "├─ GET 127.0.0.1", "└─ land earthquakes/events", "└─ transform earthquakes/events", "└─ curate earthquakes/events", "end earthquakes/events"])
            Assert.Contains(step, output, StringComparison.Ordinal);
        Assert.Contains("completed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task without_traces_it_says_what_to_do()
    {
        using var run = new CommandRun();
        (int exit, _, string error) = await run.RunAsync("trace");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("try 'penstock demo'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_run_that_isnt_kept_is_told_so()
    {
        using var run = new CommandRun();
        TraceFolder.Of(Path.Combine(run.Folder, "penstock-data")).Write([Span("a", "1", null)]);
        (int exit, _, string error) = await run.RunAsync("trace", "other/stream");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("No trace of 'other/stream' is kept.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task many_that_are_alike_are_counted_but_what_failed_is_shown()
    {
        using var run = new CommandRun();
        RecordedSpan[] spans = [Span("plan p/s", "root", null), .. Enumerable.Range(0, 100).Select(n => Span("extract p/s", $"{n}", "root", n == 70 ? "it broke" : null))];
        TraceFolder.Of(Path.Combine(run.Folder, "penstock-data")).Write(spans);
        (_, string output, _) = await run.RunAsync("trace");
        Assert.Contains("FAILED: it broke", output, StringComparison.Ordinal);
        Assert.Contains("└─ … 93 more extract p/s", output, StringComparison.Ordinal);
        (_, output, _) = await run.RunAsync("trace", "--all");
        Assert.Equal(102, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        (_, output, _) = await run.RunAsync("trace", "--json");
        Assert.Equal(101, JsonDocument.Parse(output).RootElement.GetArrayLength());
    }

    [Fact]
    public void a_line_that_a_killed_process_left_unfinished_is_left_out()
    {
        using var run = new CommandRun();
        var folder = new TraceFolder(run.Folder);
        folder.Write([Span("a", "1", null)]);
        File.AppendAllText(Directory.GetFiles(run.Folder, "*.jsonl").Single(), "{\"trace\":\"");
        Assert.Equal("a", Assert.Single(folder.Read()).Name);
    }

    private static RecordedSpan Span(string name, string id, string? parent, string? error = null) => new()
    {
        Trace = "0af7651916cd43dd8448eb211c80319c",
        Span = id,
        Parent = parent,
        Name = name,
        Kind = "internal",
        Start = DateTimeOffset.UnixEpoch,
        Milliseconds = 1,
        Error = error,
        Attributes = new Dictionary<string, string> { ["penstock.pipeline"] = "p", ["penstock.stream"] = "s" },
    };
}

using System.Text.Json;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Tests.Commands;

public class EvalCommandTests
{
    private const string Vectors = """
        {"id":"a","template":"{{ config.n + 1 }}","kind":"string","context":{"config":{"n":41}}}

        {"id":"b","template":"{{ now_utc().strftime('%Y-%m-%d') }}","kind":"string","context":{}}
        {"id":"c","template":"{{ nothing }}","kind":"string","context":{}}
        """;

    [Fact]
    public async Task each_line_gives_a_value_or_an_error()
    {
        using CommandRun run = new CommandRun().With("vectors.jsonl", Vectors);
        (int exit, IReadOnlyList<JsonElement> lines, _) = await run.MessagesAsync(["eval", "vectors.jsonl", "--now", "2025-06-15T12:00:00Z"]);
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Equal(
            ["""{"id":"a","value":42}""", """{"id":"b","value":"2025-06-15"}""", """{"id":"c","error":"undeclared_variable"}"""], lines.Select(line => line.GetRawText()));
    }

    [Fact]
    public async Task without_a_file_it_reads_standard_input()
    {
        using var run = new CommandRun();
        (int exit, IReadOnlyList<JsonElement> lines, _) = await run.MessagesAsync(["eval"], Vectors.Split('\n')[0]);
        Assert.Equal((ExitCode.Ok, 42), (exit, lines.Single().GetProperty("value").GetInt32()));
    }

    [Theory]
    [InlineData("{}\n", "Line 1 isn't a vector")]
    [InlineData("\nno json\n", "Line 2 isn't a vector")]
    public async Task a_line_that_is_no_vector_is_bad_input(string text, string message)
    {
        using CommandRun run = new CommandRun().With("vectors.jsonl", text);
        (int exit, _, string error) = await run.MessagesAsync(["eval", "vectors.jsonl"]);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains(message, error);
    }
}

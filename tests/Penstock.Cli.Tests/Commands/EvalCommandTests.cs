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

    [Theory]
    [InlineData("{{ record.tags | sort | join('+') }}", "\"a+b\"")]
    [InlineData("config.n + 1", "42")]
    [InlineData("{{ stream_partition.id }}", "7")]
    [InlineData("{{ now_utc().strftime('%Y') }}-{{ 1 }}", "\"2025-1\"")]
    public async Task a_person_gets_the_value_of_one_expression(string expression, string expected)
    {
        using CommandRun run = new CommandRun().With("context.json", """{"record":{"tags":["b","a"]},"config":{"n":41},"stream_slice":{"id":7}}""");
        (int exit, string output, _) = await run.RunAsync("eval", expression, "--context", "context.json", "--now", "2025-06-15T12:00:00Z");
        Assert.Equal((ExitCode.Ok, expected), (exit, output.TrimEnd()));
    }

    [Fact]
    public async Task a_condition_is_true_or_false_and_a_type_that_json_lacks_is_told()
    {
        using var run = new CommandRun();
        Assert.Equal("true", (await run.RunAsync("eval", "--condition", "1 < 2")).Out.TrimEnd());
        Assert.Contains("type: tuple", (await run.RunAsync("eval", "(1, 2)")).Error);
    }

    [Theory]
    [InlineData("{{ config.a.b }}", "", ExitCode.Failed, "error:")]
    [InlineData("{{ 1 + }}", "", ExitCode.Failed, "error:")]
    [InlineData("record.x", "none.json", ExitCode.BadInput, "'none.json' can't be used")]
    [InlineData("missing.jsonl", "", ExitCode.BadInput, "There is no file 'missing.jsonl'")]
    public async Task what_cannot_be_evaluated_is_told(string expression, string context, int exit, string message)
    {
        using var run = new CommandRun();
        (int actual, _, string error) = await run.RunAsync(["eval", expression, .. context.Length > 0 ? (string[])["--context", context] : []]);
        Assert.Equal(exit, actual);
        Assert.Contains(message, error);
    }
}

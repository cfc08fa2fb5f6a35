using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Tests.Commands;

public class CommandLineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("demo")]
    [InlineData("sync")]
    [InlineData("validate")]
    [InlineData("simulate")]
    [InlineData("status")]
    [InlineData("up")]
    [InlineData("eval")]
    [InlineData("spec")]
    [InlineData("check")]
    [InlineData("discover")]
    [InlineData("read")]
    public async Task help_teaches_with_examples_and_exit_codes(string command)
    {
        using var run = new CommandRun();
        (int exit, string output, string error) = await run.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        Assert.Contains($"Examples:\n  penstock {command}", output.ReplaceLineEndings("\n"));
        Assert.Contains("Exit codes:", output);
    }

    [Fact]
    public async Task without_a_command_it_shows_the_help()
    {
        using var run = new CommandRun();
        (int exit, string output, _) = await run.RunAsync();
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("penstock demo", output);
    }

    [Theory]
    [InlineData("validate", "validat")]
    [InlineData("simulate", "simulat")]
    public async Task a_misspelt_command_is_bad_input_and_the_right_one_is_named(string meant, string written)
    {
        using var run = new CommandRun();
        (int exit, string output, string error) = await run.RunAsync(written);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains(meant, output + error);
        Assert.Contains("--help", error);
    }

    [Fact]
    public async Task what_nobody_foresaw_is_one_line_and_a_file_with_the_details()
    {
        using var run = new CommandRun();
        using var error = new StringWriter { NewLine = "\n" };
        int exit = await run.RunAsync(new BrokenWriter(), error, CancellationToken.None, "validate", "--help");
        Assert.Equal(ExitCode.Failed, exit);
        string[] lines = error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["error: The pipe is broken.", lines[1]], lines);
        string file = lines[1].Split("Details: ")[1];
        Assert.Contains(nameof(BrokenWriter), await File.ReadAllTextAsync(file));
        File.Delete(file);
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("The pipe is broken.");

        public override void Write(string? value) => throw new IOException("The pipe is broken.");
    }
}

using System.Text.Json;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Tests.Commands;

public class ValidateCommandTests
{
    private const string Good = "pipeline: good\nstreams: [{stream: a, receive: {event_hub: a}, key: [id]}]\n";
    private const string Wanting = "pipeline: wanting\nstreams:\n  - stream: a\n    receive: {webhook: {secret: no-such-secret}}\n    key: [id]\n    freshnes: PT1H\n";

    [Fact]
    public async Task sound_pipelines_end_with_0()
    {
        using CommandRun run = new CommandRun().With("pipelines/good/pipeline.yaml", Good);
        (int exit, string output, string error) = await run.RunAsync("validate");
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        Assert.Contains("1 of 1 pipelines are fine.", output);
    }

    [Fact]
    public async Task each_problem_is_a_line_like_a_compilers_and_the_end_is_2()
    {
        using CommandRun run = new CommandRun().With("pipelines/good/pipeline.yaml", Good).With("pipelines/wanting/pipeline.yaml", Wanting).With("pipelines/bad/pipeline.yaml", "a: [");
        (int exit, string output, _) = await run.RunAsync("validate");
        Assert.Equal(ExitCode.BadInput, exit);
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        Assert.StartsWith("pipelines/bad/pipeline.yaml:1: This isn't YAML: ", lines[0]);
        Assert.Equal("pipelines/wanting/pipeline.yaml:4: streams[0].receive.webhook.secret: There is no secret 'no-such-secret'. Add the secret 'no-such-secret' to the secret store, or correct the name.", lines[1]);
        Assert.Equal("pipelines/wanting/pipeline.yaml:6: streams[0].freshnes: 'freshnes' isn't a field here. Did you mean 'freshness'?", lines[2]);
        Assert.Contains("3 problems. The 1 other pipelines of 3 run all the same.", output);
    }

    [Fact]
    public async Task a_secret_is_found_in_the_secrets_file_and_never_shown()
    {
        using CommandRun run = new CommandRun()
            .With("pipelines/wanting/pipeline.yaml", Wanting.Replace("    freshnes: PT1H\n", ""))
            .With("my/secrets.json", """{"no-such-secret":"s3cret-value"}""");
        Assert.Equal(ExitCode.BadInput, (await run.RunAsync("validate")).Exit);
        (int exit, string output, string error) = await run.RunAsync("validate", "--secrets", "my/secrets.json", "--json");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.DoesNotContain("s3cret-value", output + error);
        Assert.Equal(ExitCode.Ok, (await run.RunAsync("validate", "--no-secrets")).Exit);
    }

    [Fact]
    public async Task one_pipeline_can_be_validated_by_its_folder()
    {
        using CommandRun run = new CommandRun().With("pipelines/good/pipeline.yaml", Good).With("pipelines/bad/pipeline.yaml", "a: [");
        Assert.Equal(ExitCode.Ok, (await run.RunAsync("validate", "pipelines/good")).Exit);
        Assert.Equal(ExitCode.BadInput, (await run.RunAsync("validate", "pipelines/bad/")).Exit);
    }

    [Fact]
    public async Task json_has_every_problem_with_its_place()
    {
        using CommandRun run = new CommandRun().With("pipelines/wanting/pipeline.yaml", Wanting);
        (int exit, string output, _) = await run.RunAsync("validate", "--json", "--no-secrets");
        Assert.Equal(ExitCode.BadInput, exit);
        JsonElement problem = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray().Single().GetProperty("problems").EnumerateArray().ToArray());
        Assert.Equal(("wanting/pipeline.yaml", 6, "streams[0].freshnes"), (problem.GetProperty("file").GetString(), problem.GetProperty("line").GetInt32(), problem.GetProperty("path").GetString()));
    }

    [Theory]
    [InlineData("nowhere", "There is no folder 'nowhere'.")]
    [InlineData(".", "There are no pipelines in '.'.")]
    public async Task a_folder_without_pipelines_is_bad_input(string path, string message)
    {
        using var run = new CommandRun();
        (int exit, _, string error) = await run.RunAsync("validate", path);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task the_samples_are_sound()
    {
        using var run = new CommandRun();
        (int exit, string output, string error) = await run.RunAsync("validate", Path.Combine(AppContext.BaseDirectory, "samples"), "--no-secrets");
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        Assert.Contains("earthquakes", output);
        Assert.Contains("orders", output);
    }
}

using System.Text.Json;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Tests.Commands;

public class ValidateCommandTests
{
    private const string Good = "pipeline: good\nstreams: [{stream: a, receive: {event_hub: a}, key: [id]}]\n";
    private const string Wanting = "pipeline: wanting\nstreams:\n  - stream: a\n    receive: {webhook: {secret: no-such-secret}}\n    key: [id]\n    freshnes: PT1H\n";

    private const string Manifest = """
        type: DeclarativeSource
        version: 6.0.0
        check: { type: CheckStream, stream_names: [things] }
        streams:
          - type: DeclarativeStream
            name: things
            retriever:
              type: SimpleRetriever
              requester: { type: HttpRequester, url_base: "https://api.example.com", authenticator: { type: BearrAuthenticator } }
              record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
        spec: { type: Spec, connection_specification: { type: object, properties: { key: { type: string }, pages: { type: integer } } } }
        """;

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
        Assert.Equal("pipelines/wanting/pipeline.yaml:4: streams[0].receive.webhook.secret: There is no secret 'no-such-secret'. Locally set PENSTOCK_SECRET_NO_SUCH_SECRET or write it to secrets.json, in Azure add it to the key vault; or correct the name.", lines[1]);
        Assert.Equal("pipelines/wanting/pipeline.yaml:6: streams[0].freshnes: 'freshnes' isn't a field here. Did you mean 'freshness'?", lines[2]);
        Assert.Contains("3 problems in 2 of 3 pipelines. The others run all the same.", output);
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
    public async Task the_connector_is_checked_too_whatever_is_wrong_beside_it()
    {
        using CommandRun run = new CommandRun()
            .With("pipelines/things/connector.yaml", Manifest)
            .With("pipelines/things/pipeline.yaml", "pipeline: things\nconnector: connector.yaml\nconfig:\n  key: secret:no-such-secret\n  pages: many\nstreams:\n  - stream: thongs\n");
        (int exit, string output, _) = await run.RunAsync("validate");
        Assert.Equal(ExitCode.BadInput, exit);
        string[] lines = output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("pipelines/things/connector.yaml:9: streams[0].retriever.requester.authenticator: There is no component type 'BearrAuthenticator'. Correct the type.", lines[0]);
        Assert.StartsWith("pipelines/things/pipeline.yaml:4: config.key: There is no secret 'no-such-secret'.", lines[1]);
        Assert.StartsWith("pipelines/things/pipeline.yaml:5: config.pages: The value ", lines[2]);
        Assert.Equal("pipelines/things/pipeline.yaml:7: streams[0].stream: The connector has no stream 'thongs'. It has: things.", lines[3]);
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

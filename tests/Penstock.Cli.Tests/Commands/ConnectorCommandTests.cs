using System.Text;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Simulator;

namespace Penstock.Cli.Tests.Commands;

public class ConnectorCommandTests
{
    private static readonly string[] Sample = ["--pipelines", Path.Combine(AppContext.BaseDirectory, "samples")];

    [Fact]
    public async Task spec_writes_what_a_connector_expects()
    {
        using var run = new CommandRun();
        (int exit, IReadOnlyList<JsonElement> messages, _) = await run.MessagesAsync(["spec", "earthquakes", .. Sample]);
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Equal("start_date", messages.Single().GetProperty("spec").GetProperty("connectionSpecification").GetProperty("required")[0].GetString());
    }

    [Fact]
    public async Task check_discover_and_read_work_on_a_manifest_with_a_config()
    {
        await using SimulatedApi api = await SimulatedApi.StartAsync(new SimulatorOptions());
        using CommandRun run = new CommandRun().With("config.json", $$"""{"start_date":"2018-02-06T00:00:00Z","end_date":"2018-02-07T00:00:00Z","base_url":"secret:url"}""")
            .With("secrets.json", $$"""{"url":"{{api.BaseAddress.GetLeftPart(UriPartial.Authority)}}"}""");
        string[] input = ["--manifest", Path.Combine(AppContext.BaseDirectory, "samples/earthquakes/connector.yaml"), "--config", "config.json"];

        (int exit, IReadOnlyList<JsonElement> messages, _) = await run.MessagesAsync(["check", .. input]);
        Assert.Equal((ExitCode.Ok, "SUCCEEDED"), (exit, messages.Single().GetProperty("connectionStatus").GetProperty("status").GetString()));

        (exit, messages, _) = await run.MessagesAsync(["discover", .. input]);
        Assert.Equal((ExitCode.Ok, "events"), (exit, messages.Single().GetProperty("catalog").GetProperty("streams")[0].GetProperty("name").GetString()));

        (exit, messages, _) = await run.MessagesAsync(["read", .. input, "--stream", "events", "--now", "2018-02-07T00:00:00Z"]);
        Assert.Equal(ExitCode.Ok, exit);
        int records = messages.Count(message => message.GetProperty("type").GetString() == "RECORD");
        Assert.Equal(api.Statistics.Datasets["earthquakes"].Distinct, records + 0L);
        JsonElement state = messages.Last(message => message.GetProperty("type").GetString() == "STATE");

        run.With("state.json", $"[{state.GetProperty("state").GetRawText()}]");
        (exit, messages, _) = await run.MessagesAsync(["read", .. input, "--state", "state.json"]);
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains(messages, message => message.GetProperty("type").GetString() == "RECORD");
    }

    [Fact]
    public async Task a_source_that_cannot_be_reached_fails_the_check()
    {
        using CommandRun run = new CommandRun().With("config.json", """{"start_date":"2018-02-06T00:00:00Z","base_url":"http://127.0.0.1:1"}""");
        (int exit, IReadOnlyList<JsonElement> messages, _) = await run.MessagesAsync(
            ["check", "--manifest", Path.Combine(AppContext.BaseDirectory, "samples/earthquakes/connector.yaml"), "--config", "config.json", "--max-wait", "0.01"]);
        Assert.Equal((ExitCode.Failed, "FAILED"), (exit, messages[^1].GetProperty("connectionStatus").GetProperty("status").GetString()));
    }

    [Fact]
    public async Task a_reading_is_recorded_once_and_replayed_without_its_source()
    {
        using CommandRun run = new CommandRun().With("connector.yaml", """
            version: 6.0.0
            type: DeclarativeSource
            check: { type: CheckStream, stream_names: [customers] }
            streams:
              - type: DeclarativeStream
                name: customers
                retriever:
                  type: SimpleRetriever
                  requester: { type: HttpRequester, url_base: "{{ config['base_url'] }}", path: /customers }
                  record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
            """);
        string[] read = ["read", "--manifest", "connector.yaml", "--config", "config.json"];
        IReadOnlyList<JsonElement> recorded;
        await using (SimulatedApi api = await SimulatedApi.StartAsync(new SimulatorOptions { Datasets = [new Dataset("customers") { Count = 20 }] }))
        {
            run.With("config.json", $$"""{"base_url":"{{api.BaseAddress.GetLeftPart(UriPartial.Authority)}}"}""");
            (int exit, recorded, _) = await run.MessagesAsync([.. read, "--record", "recorded"]);
            Assert.Equal(ExitCode.Ok, exit);
        }

        (int again, IReadOnlyList<JsonElement> replayed, _) = await run.MessagesAsync([.. read, "--replay", "recorded"]);
        Assert.Equal(ExitCode.Ok, again);
        Assert.Equal(recorded.Select(message => message.GetRawText()), replayed.Select(message => message.GetRawText()));
        (int refused, _, string error) = await run.MessagesAsync([.. read, "--record", "recorded"]);
        Assert.Equal(ExitCode.BadInput, refused);
        Assert.Contains("has a recording already", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task components_of_ones_own_come_from_an_assembly_that_the_command_line_names()
    {
        await using SimulatedApi api = await SimulatedApi.StartAsync(new SimulatorOptions());
        using CommandRun run = new CommandRun().With("connector.yaml", $$"""
            version: 6.0.0
            type: DeclarativeSource
            check: { type: CheckStream, stream_names: [customers] }
            streams:
              - type: DeclarativeStream
                name: customers
                retriever: { type: CustomRetriever, class_name: source_cli.components.OneRecord, greeting: "hello {{api.BaseAddress.Port}}" }
            """);
        string[] read = ["read", "--manifest", "connector.yaml"];
        (int exit, IReadOnlyList<JsonElement> messages, _) = await run.MessagesAsync(read);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("source_cli.components.OneRecord", messages[0].GetRawText(), StringComparison.Ordinal);

        (exit, messages, _) = await run.MessagesAsync([.. read, "--components", typeof(OneRecord).Assembly.Location]);
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Equal($"hello {api.BaseAddress.Port}", messages.Single(message => message.GetProperty("type").GetString() == "RECORD").GetProperty("record").GetProperty("data").GetProperty("greeting").GetString());

        (exit, _, string error) = await run.MessagesAsync([.. read, "--components", "nothing.dll"]);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("'nothing.dll' can't be loaded", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "Which connector?")]
    [InlineData("check nothing", "There is no pipeline 'nothing'.")]
    [InlineData("check orders", "it only receives")]
    [InlineData("check --manifest none.yaml", "'none.yaml' can't be read")]
    [InlineData("check --manifest broken.yaml", "broken.yaml(2,1): This isn't YAML")]
    [InlineData("check --manifest broken.yaml --config broken.yaml", "'broken.yaml' isn't JSON.")]
    [InlineData("read earthquakes --state none.json", "There is no file 'none.json'.")]
    [InlineData("read earthquakes --now soon", "'soon' isn't a time.")]
    public async Task what_cannot_be_opened_is_bad_input(string args, string message)
    {
        using CommandRun run = new CommandRun().With("broken.yaml", "streams: [");
        (int exit, _, string error) = await run.MessagesAsync([.. args.Split(' '), .. Sample]);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains(message, error);
    }
}

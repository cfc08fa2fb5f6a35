using System.CommandLine;
using System.Text.Json;
using Penstock.Cli.CommandLine;
using Penstock.Cli.Operating;
using Penstock.Cli.Tests.Commands;
using Penstock.Cli.Tests.LocalHost;
using Penstock.Http.Routing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Cli.Tests.Operating;

public class OperatorCommandTests
{
    private static readonly Surroundings Nowhere = new() { Out = TextWriter.Null, Error = TextWriter.Null };

    private static IEnumerable<ApiCommand> All(IEnumerable<Command> commands) =>
        commands.SelectMany(command => command is ApiCommand one ? [one] : All(command.Subcommands));

    private static async Task<(int Exit, string Out, string Error)> RunAsync(RunningHost host, params string[] args)
    {
        using var run = new CommandRun();
        return await run.RunAsync([.. args, "--url", host.Client.BaseAddress!.ToString()]);
    }

    private static async Task<JsonElement> JsonAsync(RunningHost host, params string[] args)
    {
        (int exit, string output, string error) = await RunAsync(host, [.. args, "--json"]);
        Assert.Equal((ExitCode.Ok, ""), (exit, error));
        return JsonDocument.Parse(output).RootElement;
    }

    [Fact]
    public void every_command_is_a_request_that_the_api_knows_and_has_an_example() => Assert.All(All(OperatorCommands.Create(Nowhere)), command =>
    {
        Assert.Contains(EndpointTable.All, endpoint => endpoint.Method == command.Method && endpoint.Route == command.Route);
        Assert.NotEmpty(command.Examples);
    });

    [Fact]
    public async Task every_command_has_help_with_its_examples()
    {
        using var run = new CommandRun();
        foreach (ApiCommand command in All(OperatorCommands.Create(Nowhere)))
        {
            string[] path = [.. command.Parents.OfType<Command>().Select(parent => parent.Name), command.Name];
            (int exit, string output, _) = await run.RunAsync([.. path, "--help"]);
            Assert.Equal(ExitCode.Ok, exit);
            Assert.Contains($"penstock {command.Examples[0].Line}", output);
        }
    }

    [Fact]
    public async Task a_backfill_is_tried_started_watched_to_its_end_and_listed()
    {
        await using var host = await RunningHost.StartAsync();
        string[] window = ["--pipeline", "sample", "--from", "1970-01-01", "--to", "1970-01-01T00:00:20Z"];
        JsonElement estimate = await JsonAsync(host, ["backfill", "start", .. window, "--dry-run"]);
        Assert.Equal((2, true), (estimate.GetProperty("slices").GetInt32(), estimate.GetProperty("isExact").GetBoolean()));
        (int exit, string output, string error) = await RunAsync(host, ["backfill", "start", .. window, "--parallelism", "1", "--watch"]);
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("completed: 2 of 2 slices, 20 records landed", error);
        Assert.Contains("| completed |", output);
        JsonElement listed = (await JsonAsync(host, "backfill", "list")).GetProperty("items")[0];
        Assert.Equal(("completed", 1), (listed.GetProperty("status").GetString(), listed.GetProperty("parallelism").GetInt32()));
        (exit, _, error) = await RunAsync(host, "backfill", "pause", listed.GetProperty("id").GetString()!);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("has ended", error);
    }

    [Fact]
    public async Task a_replay_is_tried_and_watched_to_its_end()
    {
        await using var host = await RunningHost.StartAsync();
        await host.Stores.CuratedAsync("numbers", 20);
        JsonElement outlook = await JsonAsync(host, "replay", "start", "--pipeline", "sample", "--stream", "numbers", "--dry-run");
        Assert.Equal(20, outlook.GetProperty("records").GetProperty("unchanged").GetInt32());
        (int exit, _, string error) = await RunAsync(host, "replay", "start", "--pipeline", "sample", "--watch");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("completed:", error);
    }

    [Fact]
    public async Task pipelines_are_paused_and_resumed_and_activity_tells_by_whom()
    {
        await using var host = await RunningHost.StartAsync();
        Assert.Contains("| paused |", (await RunAsync(host, "pipelines", "pause", "sample", "--reason", "test")).Out);
        (int exit, _, string error) = await RunAsync(host, "pipelines", "resume", "sample", "--if-match", "old");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("--if-match", error);
        Assert.Contains("| ready |", (await RunAsync(host, "pipelines", "resume", "sample")).Out);
        string activity = (await RunAsync(host, "activity")).Out;
        Assert.Contains("PausePipeline", activity);
        Assert.Contains(Environment.UserName, activity);
        Assert.Contains("changed", activity);
    }

    [Fact]
    public async Task runs_and_their_slices_are_shown()
    {
        await using var host = await RunningHost.StartAsync();
        await host.Stores.CuratedAsync("numbers", 20);
        JsonElement run = (await JsonAsync(host, "runs", "list", "--pipeline", "sample")).GetProperty("items").EnumerateArray().Last();
        string[] address = ["sample", "numbers", run.GetProperty("id").GetString()!];
        Assert.Equal(20, (await JsonAsync(host, ["runs", "show", .. address])).GetProperty("counts").GetProperty("landed").GetInt32());
        Assert.Contains("landed", (await RunAsync(host, ["runs", "slices", .. address])).Out);
        Assert.Contains("sample", (await RunAsync(host, "pipelines", "health")).Out);
    }

    [Fact]
    public async Task state_is_set_from_a_file_and_shown()
    {
        await using var host = await RunningHost.StartAsync();
        await host.Stores.CuratedAsync("numbers", 20);
        using var run = new CommandRun();
        run.With("state.json", """{"updated":3}""").With("broken.json", "{");
        string[] stream = ["sample", "numbers", "--url", host.Client.BaseAddress!.ToString()];
        (int exit, string output, _) = await run.RunAsync(["state", "set", .. stream, "--file", "state.json", "--force"]);
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("\"updated\": 3", output);
        (exit, _, string error) = await run.RunAsync(["state", "set", .. stream, "--file", "broken.json"]);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("isn't JSON", error);
        (exit, _, error) = await run.RunAsync(["state", "set", .. stream, "--file", "missing.json"]);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("can't be read", error);
    }

    [Fact]
    public async Task dead_letters_are_sent_again()
    {
        await using var host = await RunningHost.StartAsync();
        await new DeadLetterOffice(new DocumentStore(host.Stores.Blobs), TimeProvider.System).KeepAsync(QueueNames.Tick, """{"reason":"test"}"""u8.ToArray(), "It failed.");
        Assert.Contains("It failed.", (await RunAsync(host, "deadletters", "list")).Out);
        Assert.Equal(1, (await JsonAsync(host, "deadletters", "replay", "--queue", "tick")).GetProperty("count").GetInt32());
        Assert.Contains("There are none.", (await RunAsync(host, "deadletters", "list")).Out);
    }

    [Fact]
    public async Task a_refusal_is_told_with_each_thing_that_is_wrong_and_a_host_that_isnt_there_with_what_to_do()
    {
        await using var host = await RunningHost.StartAsync(RunningHost.Options with { Key = "0123456789abcdef" });
        (int exit, _, string error) = await RunAsync(host, "runs", "list");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("--key", error);
        (exit, _, error) = await RunAsync(host, "backfill", "start", "--pipeline", "sample", "--from", "soon", "--to", "later", "--key", "0123456789abcdef");
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains("from: 'from' must be", error);
        Assert.Contains("to: 'to' must be", error);
        using var run = new CommandRun();
        (exit, _, error) = await run.RunAsync("runs", "list", "--url", "http://127.0.0.1:1");
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("penstock up", error);
    }
}

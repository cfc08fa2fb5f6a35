using System.Security.Cryptography;
using System.Text.Json;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Tests.Commands;

public class DemoCommandTests
{
    // The real quota would only make the test wait.
    private static readonly string[] Demo = ["demo", "--quota", "fixed:100/1s", "--json"];

    [Fact]
    public async Task what_the_service_has_is_curated_once_however_often_it_runs()
    {
        using var run = new CommandRun();
        JsonElement first = Json(await run.RunAsync(Demo));
        JsonElement stream = first.GetProperty("streams")[0];
        Assert.Equal(1707, first.GetProperty("truth").GetProperty("served").GetInt32());
        Assert.Equal((1707, 0), (stream.GetProperty("curated").GetInt32(), stream.GetProperty("quarantined").GetInt32()));
        string curated = Curated(run);
        JsonElement second = Json(await run.RunAsync(Demo));
        Assert.InRange(second.GetProperty("streams")[0].GetProperty("read").GetInt32(), 1, 1706);
        Assert.Equal(curated, Curated(run));
    }

    [Fact]
    public async Task stopped_halfway_the_next_one_takes_it_up()
    {
        using var run = new CommandRun();
        using var error = new CommandRun.LiveWriter();
        using var stop = new CancellationTokenSource();
        Task<int> running = run.RunAsync(error, error, stop.Token, "demo", "--quota", "fixed:10/5s");
        await error.WaitForMatchAsync("[1-7] of 8 slices");
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Stopped, await running);
        JsonElement result = Json(await run.RunAsync(Demo));
        Assert.Equal(1707, result.GetProperty("truth").GetProperty("curated").GetInt32());
    }

    [Fact]
    public async Task people_are_told_what_was_done_where_it_lies_and_what_is_next()
    {
        using var run = new CommandRun();
        (int exit, string output, string error) = await run.RunAsync("demo", "--quota", "fixed:100/1s", "--data", "quakes");
        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("which allows 100 calls in each 1 s.", error);
        Assert.Contains("8 of 8 slices, 1,707 records landed", error);
        Assert.Contains("1,707 are curated, each once. Nothing is lost, nothing is doubled.", output);
        string sample = output.Split('\n').Single(line => line.StartsWith("  head -n 1 "))["  head -n 1 ".Length..].Trim();
        Assert.StartsWith("{", File.ReadLines(Path.Combine(run.Folder, sample)).First());
    }

    [Fact]
    public async Task its_pipeline_is_there_to_be_changed_and_used_like_any_other()
    {
        using var run = new CommandRun();
        Json(await run.RunAsync(Demo));
        string file = Path.Combine(run.Folder, "pipelines/earthquakes/pipeline.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("    version: updated\n", "    version: updated\n    history: scd2\n"));
        Json(await run.RunAsync([.. Demo, "--data", "other"]));
        string[] rows = [.. Directory.GetFiles(Path.Combine(run.Folder, "other/curated/earthquakes/events")).SelectMany(File.ReadLines)];
        Assert.Equal(1707, rows.Length);
        Assert.All(rows, row => Assert.EndsWith("\"valid_to\":null,\"is_current\":true}", row));
        (int exit, string contract, _) = await run.RunAsync("contract", "init", "earthquakes");
        Assert.Equal((ExitCode.Ok, true), (exit, contract.Contains("name: magnitude", StringComparison.Ordinal)));

        await File.WriteAllTextAsync(file, "pipeline: earthquakes");
        (exit, _, string error) = await run.RunAsync(Demo);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("The sample pipeline 'pipelines/earthquakes' is broken or gone.", error);
    }

    private static JsonElement Json((int Exit, string Out, string Error) ran)
    {
        Assert.Equal((ExitCode.Ok, true), (ran.Exit, ran.Out.StartsWith('{')));
        JsonElement json = JsonDocument.Parse(ran.Out).RootElement;
        Assert.True(json.GetProperty("isGood").GetBoolean());
        return json;
    }

    private static string Curated(CommandRun run) => Convert.ToHexString(SHA256.HashData(
        [.. Directory.GetFiles(Path.Combine(run.Folder, "penstock-data", "curated"), "*", SearchOption.AllDirectories).Order().SelectMany(File.ReadAllBytes)]));
}

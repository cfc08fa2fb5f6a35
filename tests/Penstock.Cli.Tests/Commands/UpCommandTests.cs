using System.Net;
using System.Text;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Tests.Commands;

public class UpCommandTests
{
    private const string Orders = """
        pipeline: orders
        streams:
          - stream: orders
            key: [id]
            receive: { event_hub: orders }
        """;

    [Fact]
    public async Task it_says_where_everything_is_works_until_it_is_stopped_and_goes_on_at_the_next_start()
    {
        using CommandRun run = new CommandRun().With("pipelines/orders/pipeline.yaml", Orders).With("pipelines/bad/pipeline.yaml", "pipeline: bad\nstreams: 7\n");
        for (int start = 0; start < 2; start++)
        {
            using var output = new CommandRun.LiveWriter();
            using var stop = new CancellationTokenSource();
            Task<int> running = run.RunAsync(output, output, stop.Token, "up", "--port", "0");
            string text = await output.WaitForAsync("Ctrl+C stops it");
            Assert.Contains("broken     bad: ", text);
            Assert.Contains("bad/pipeline.yaml:2: streams:", text);
            Uri send = new(text.Split(' ').Single(part => part.EndsWith("/orders/messages", StringComparison.Ordinal)));
            using var client = new HttpClient();
            Assert.Equal(HttpStatusCode.Created, (await client.PostAsync(send, new StringContent($$"""{"id":"{{start}}"}""", Encoding.UTF8, "application/json"))).StatusCode);
            await CuratedAsync(run, start + 1);
            await stop.CancelAsync();
            Assert.Equal(ExitCode.Ok, await running);
            Assert.EndsWith("Stopping.", output.ToString().TrimEnd());
        }
    }

    [Fact]
    public async Task a_port_or_a_data_folder_in_use_is_a_clear_error()
    {
        using CommandRun run = new();
        using var output = new CommandRun.LiveWriter();
        using var stop = new CancellationTokenSource();
        Task<int> running = run.RunAsync(output, output, stop.Token, "up", "--port", "0");
        string port = (await output.WaitForAsync("Ctrl+C stops it")).Split('\n')[0].Split(':')[^1].Trim();
        var (exit, said, error) = await run.RunAsync("up", "--port", port, "--data", "other");
        Assert.Equal((ExitCode.Failed, ""), (exit, said));
        Assert.Contains($"The port {port} is in use on 127.0.0.1.", error);
        Assert.Contains("--port 0", error);
        (exit, _, error) = await run.RunAsync("up", "--port", "0");
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("Another penstock works on 'penstock-data'.", error);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Ok, await running);
    }

    [Theory]
    [InlineData("--address 0.0.0.0", "--key")]
    [InlineData("--address here", "'here' isn't an address.")]
    [InlineData("--key short", "16 characters")]
    [InlineData("--port 99999", "isn't a port")]
    public async Task a_wrong_command_line_is_refused(string args, string problem)
    {
        using CommandRun run = new();
        var (exit, _, error) = await run.RunAsync(["up", .. args.Split(' ')]);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains(problem, error);
    }

    private static async Task CuratedAsync(CommandRun run, int count)
    {
        string folder = Path.Combine(run.Folder, "penstock-data", "curated", "orders", "orders");
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.jsonl").Sum(file => File.ReadLines(file).Count()) < count)
            await Task.Delay(20, giveUp.Token);
    }
}

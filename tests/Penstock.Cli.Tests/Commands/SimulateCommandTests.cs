using System.Net;
using System.Text.Json;
using Penstock.Cli.CommandLine;

namespace Penstock.Cli.Tests.Commands;

public class SimulateCommandTests
{
    [Fact]
    public async Task it_serves_what_it_prints_until_it_is_stopped()
    {
        using var run = new CommandRun();
        using var output = new CommandRun.LiveWriter();
        using var stop = new CancellationTokenSource();
        Task<int> running = run.RunAsync(output, output, stop.Token, "simulate", "--port", "0", "--dataset", "users:30:cursor", "--quota", "fixed:2/1h", "--key", "me=s3cret");
        string text = await output.WaitForAsync("_simulator/reset");
        Assert.Contains("Each key may make 2 calls in each 3600 s.", text);
        Uri users = new(text.Split('\'').Single(part => part.Contains("/users?")));
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(users)).StatusCode);
        client.DefaultRequestHeaders.Add("X-Api-Key", "s3cret");
        JsonElement page = JsonDocument.Parse(await client.GetStringAsync(users)).RootElement;
        Assert.Equal(2, page.GetProperty("data").GetArrayLength());
        Assert.True(page.GetProperty("has_more").GetBoolean());
        await client.GetAsync(users);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync(users)).StatusCode);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Ok, await running);
        Assert.Contains("| users ", output.ToString());
        Assert.DoesNotContain("s3cret", output.ToString());
    }

    [Fact]
    public async Task an_options_file_says_it_all()
    {
        using CommandRun run = new CommandRun().With("sim.json", """
            { "earthquakes": null, "quotas": [{ "type": "movingWindow", "calls": 5, "window": "00:00:02" }], "datasets": [{ "name": "things", "count": 3, "paging": "nextUrl" }] }
            """);
        using var output = new CommandRun.LiveWriter();
        using var stop = new CancellationTokenSource();
        Task<int> running = run.RunAsync(output, output, stop.Token, "simulate", "--port", "0", "--options", "sim.json");
        string text = await output.WaitForAsync("_simulator/reset");
        Assert.Contains("5 calls in any 2 s", text);
        Assert.Contains("/things?", text);
        Assert.DoesNotContain("fdsnws", text);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Ok, await running);
    }

    [Theory]
    [InlineData("--quota 10", "'10' isn't a quota.")]
    [InlineData("--quota 0/1s", "'0/1s' isn't a quota.")]
    [InlineData("--quota fixed:10+5", "isn't a quota.")]
    [InlineData("--quota concurrent:3/1s", "isn't a quota.")]
    [InlineData("--dataset users:many", "'users:many' isn't a dataset.")]
    [InlineData("--dataset users:1:sideways", "isn't a dataset.")]
    [InlineData("--dataset Users", "it must be made of lower-case letters")]
    [InlineData("--dataset a --dataset a", "Two have the same dataset name")]
    [InlineData("--key alone", "'alone' isn't a key.")]
    [InlineData("--fault 200", "'200' isn't a fault.")]
    [InlineData("--fault 503 --fault-rate 2", "it must be from 0 to 1")]
    [InlineData("--rate-headers loud", "'loud' is no form of rate headers.")]
    [InlineData("--port 70000", "it must be a TCP port")]
    [InlineData("--options none.json", "There is no file 'none.json'.")]
    [InlineData("--options bad.json", "bad.json:2: $.quota: ")]
    public async Task what_it_cannot_do_is_bad_input(string args, string message)
    {
        using CommandRun run = new CommandRun().With("bad.json", "{\n\"quota\": 5 }");
        (int exit, _, string error) = await run.RunAsync(["simulate", .. args.Split(' ')]);
        Assert.Equal(ExitCode.BadInput, exit);
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task a_port_in_use_says_what_to_do()
    {
        using var run = new CommandRun();
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        (int exit, _, string error) = await run.RunAsync("simulate", "--port", ((IPEndPoint)listener.LocalEndpoint).Port.ToString());
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("--port 0", error);
    }
}

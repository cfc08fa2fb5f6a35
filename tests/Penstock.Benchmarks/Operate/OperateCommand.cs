using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Penstock.Benchmarks.Operate;

/// <summary><c>operate</c>: how fast the operators' API answers and Plan plans with many pipelines that have a history.</summary>
internal static class OperateCommand
{
    public static Command Create()
    {
        var pipelines = new Option<int>("--pipelines") { Description = "How many pipelines.", DefaultValueFactory = _ => 1000 };
        var streams = new Option<int>("--streams") { Description = "How many streams each has.", DefaultValueFactory = _ => 20 };
        var folder = new Option<string?>("--folder") { Description = "Keep everything in this new folder; by default in memory." };
        var rounds = new Option<int>("--rounds") { Description = "How often each request is sent.", DefaultValueFactory = _ => 15 };
        var isCold = new Option<bool>("--cold") { Description = "Ask before anything was read ahead, as nobody does who opens the console." };
        var command = new Command("operate", "Times status, overview, run lists and Plan over 1,000 pipelines of 20 streams with a history.") { pipelines, streams, folder, rounds, isCold };
        command.SetAction((parsed, token) => RunAsync(parsed.GetValue(pipelines), parsed.GetValue(streams), parsed.GetValue(folder), parsed.GetValue(rounds), parsed.GetValue(isCold), token));
        return command;
    }

    private static async Task<int> RunAsync(int pipelines, int streams, string? folder, int rounds, bool isCold, CancellationToken cancellationToken)
    {
        await using ManyPipelines many = await ManyPipelines.StartAsync(pipelines, streams, folder, cancellationToken);
        Console.WriteLine($"{pipelines:N0} pipelines x {streams} streams, {(folder is null ? "in memory" : "in a folder")}; history written in {many.Prepared.TotalSeconds:0.0} s");
        long begun = Stopwatch.GetTimestamp();
        if (!isCold)
            await many.ReadAheadAsync();
        Console.WriteLine(isCold ? "nothing is read ahead" : $"read ahead, as 'penstock up' does when it starts: {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms");
        Console.WriteLine($"| {"request",-52} | {"first ms",9} | {"CPU of it",9} | {"median ms",9} | {"max ms",9} | {"KiB",7} |");
        foreach (string path in (string[])["/api/overview", "/api/status", "/api/runs", "/api/runs?status=failed", "/api/runs?pipeline=p0500", "/api/pipelines/p0500/streams", "/api/pipelines"])
            await TimeAsync(many, path, rounds, cancellationToken);
        Console.WriteLine($"| {"Plan",-52} | {"ms",9} | {"open",9} | {"slices",9} |");
        await PlanAsync(many, "nothing is due, first tick of a process", cancellationToken);
        await PlanAsync(many, "nothing is due, next tick", cancellationToken);
        many.Time.Advance(TimeSpan.FromMinutes(1));
        await PlanAsync(many, "a fifteenth of all pipelines is due", cancellationToken);
        many.Time.Advance(TimeSpan.FromMinutes(15));
        await PlanAsync(many, "all pipelines are due at once", cancellationToken);
        await PlanAsync(many, "all their runs go on", cancellationToken);
        await TimeAsync(many, "/api/overview", 5, cancellationToken);
        return 0;
    }

    private static async Task TimeAsync(ManyPipelines many, string path, int rounds, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        int bytes = 0;
        double firstCpu = 0;
        for (int i = 0; i < rounds; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            bytes = (await many.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative), cancellationToken)).Length;
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            // What it takes of the processor is the same on a busy machine; reading the answer is in it.
            firstCpu = i == 0 ? (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds : firstCpu;
        }

        double first = times[0];
        times.RemoveAt(0);
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {path,-52} | {first,9:0.0} | {firstCpu,9:0.0} | {times[times.Count / 2],9:0.0} | {times[^1],9:0.0} | {bytes / 1024,7:N0} |"));
    }

    private static async Task PlanAsync(ManyPipelines many, string what, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        var report = await many.PlanAsync(cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what,-52} | {Stopwatch.GetElapsedTime(begun).TotalMilliseconds,9:0.0} | {report.OpenRuns,9:N0} | {report.Slices,9:N0} |"));
    }
}

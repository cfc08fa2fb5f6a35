using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Builder;
using Penstock.Emulators;
using Penstock.Pipelines.Ports;
using Penstock.Simulator;
using Penstock.Testing.Budgets;

namespace Penstock.Benchmarks.Budget;

/// <summary><c>budget-real</c>: the same as <c>budget</c> with real processes, the real SDK, Azurite, HTTP and real time.</summary>
internal sealed class RealBudgetCommand : Command
{
    private readonly Option<int> _processes = new("--processes") { DefaultValueFactory = _ => 8, Description = "How many processes share the budget." };
    private readonly Option<int> _calls = new("--calls") { DefaultValueFactory = _ => 300, Description = "How many calls the source allows in any window." };
    private readonly Option<int> _seconds = new("--window") { DefaultValueFactory = _ => 15, Description = "The window, in seconds." };
    private readonly Option<int> _windows = new("--windows") { DefaultValueFactory = _ => 13, Description = "How many windows it lasts: 13 are needed to judge ten after the first two." };

    public RealBudgetCommand()
        : base("budget-real", "Processes share a budget over Azurite, by the real SDK and in real time, against a source on loopback that meters them. Needs a quiet machine.")
    {
        Add(_processes);
        Add(_calls);
        Add(_seconds);
        Add(_windows);
        SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(_processes), parsed.GetValue(_calls), TimeSpan.FromSeconds(parsed.GetValue(_seconds)), parsed.GetValue(_windows), cancellationToken));
    }

    private static async Task<int> RunAsync(int processes, int calls, TimeSpan window, int windows, CancellationToken cancellationToken)
    {
        Console.WriteLine($"| {"limit, and how it is known",-34} | processes | {"calls",7} | {"least use",9} | {"429s",5} | {"of them later",13} |");
        Console.WriteLine($"|{new string('-', 36)}|----------:|--------:|----------:|------:|--------------:|");
        var trial = new BudgetTrial { Quota = new Quota.MovingWindow(calls, window), Workers = processes, Windows = windows };
        bool isKept = true;
        foreach ((string how, bool isDeclared) in new[] { ("declared", true), ("Retry-After only", false) })
        {
            TrialResult result = await MeasureAsync(trial with { Headers = new RateLimitHeaderOptions { RetryAfter = isDeclared ? RetryAfterForm.None : new RateLimitHeaderOptions().RetryAfter } }, isDeclared, cancellationToken);
            int warmUp = isDeclared ? 1 : 2;
            (double use, double refused) = (result.LeastUse(warmUp), result.RefusedShare(warmUp));
            isKept &= isDeclared ? use >= 0.95 && result.Refused == 0 : use >= 0.85 && refused <= 0.005;
            string name = string.Create(CultureInfo.InvariantCulture, $"{how}, {calls:N0} in any {window.TotalSeconds:0} s");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name,-34} | {processes,9} | {result.Accepted,7:N0} | {use,9:P1} | {result.Refused,5} | {refused,13:P2} |"));
        }

        Console.WriteLine(isKept ? "Kept." : "Not kept: declared needs 95 % and no 429, learnt 85 % and at most 0.5 % after the first two windows.");
        return isKept ? 0 : 1;
    }

    private static async Task<TrialResult> MeasureAsync(BudgetTrial trial, bool isDeclared, CancellationToken cancellationToken)
    {
        await using EmulatorProcesses emulators = await EmulatorProcesses.StartAsync(new EmulatorOptions { Cosmos = false }, cancellationToken);
        string storage = emulators.StorageConnectionString!;
        await new BlobServiceClient(storage).GetBlobContainerClient(BlobAreas.State).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var source = new TrialSource([trial.Quota], trial.Headers, TimeProvider.System);
        await using WebApplication app = await RealSource.StartAsync(source);
        string? rate = isDeclared ? string.Create(CultureInfo.InvariantCulture, $"{new TrialResult(trial, [], default, default, 0).Limit}/{trial.Window.TotalSeconds}") : null;
        Process[] workers = [.. Enumerable.Range(0, trial.Workers).Select(number => Start(app.Urls.Single(), storage, number, rate))];
        try
        {
            // Measured from when all are there.
            while (source.Workers < trial.Workers)
            {
                if (Array.Exists(workers, worker => worker.HasExited))
                    throw new InvalidOperationException("A worker has ended by itself; what it wrote says why.");
                await Task.Delay(50, cancellationToken);
            }

            DateTimeOffset start = TimeProvider.System.GetUtcNow();
            await Task.Delay(trial.Window * trial.Windows, cancellationToken);
            DateTimeOffset end = TimeProvider.System.GetUtcNow();
            return new TrialResult(trial, source.Between(start, end), start, start + (trial.Window * trial.Windows), 0);
        }
        finally
        {
            foreach (Process worker in workers)
            {
                worker.StandardInput.Close();
                if (!worker.WaitForExit(10_000))
                    worker.Kill();
                worker.Dispose();
            }
        }
    }

    private static Process Start(string source, string storage, int number, string? rate)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true };
        string[] arguments = ["budget-worker", "--source", source, "--storage", storage, "--worker", number.ToString(CultureInfo.InvariantCulture)];
        foreach (string argument in rate is null ? arguments : [.. arguments, "--rate", rate])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}

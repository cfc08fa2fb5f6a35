using System.CommandLine;
using System.Globalization;
using Azure.Storage.Blobs;
using Penstock.Azure.Blobs;
using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Documents;

namespace Penstock.Benchmarks.Budget;

/// <summary><c>budget-worker</c>: one eager process, with its own view of a budget over the real blob store; it ends with its standard input.</summary>
internal sealed class RealWorkerCommand : Command
{
    private const int AtOnce = 4;

    public RealWorkerCommand()
        : base("budget-worker", "Calls a source as often as a shared budget allows, and ends with its standard input.")
    {
        var source = new Option<string>("--source") { Required = true };
        var storage = new Option<string>("--storage") { Required = true };
        var worker = new Option<int>("--worker") { Required = true };
        var rate = new Option<string?>("--rate") { Description = "CALLS/SECONDS, if the limit is declared." };
        Add(source);
        Add(storage);
        Add(worker);
        Add(rate);
        Hidden = true;
        SetAction((parsed, cancellationToken) => RunAsync(
            new Uri(new Uri(parsed.GetRequiredValue(source)), string.Create(CultureInfo.InvariantCulture, $"things?worker={parsed.GetValue(worker)}")),
            parsed.GetRequiredValue(storage), RulesOf(parsed.GetValue(rate)), cancellationToken));
    }

    private static BudgetRules RulesOf(string? rate)
    {
        if (rate?.Split('/') is not [var calls, var seconds])
            return BudgetRules.None;
        var declared = new CallRate(int.Parse(calls, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        return new BudgetRules { Policies = [new CallPolicy("all", [], [declared])] };
    }

    private static async Task RunAsync(Uri url, string storage, BudgetRules rules, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var budget = new SharedRateBudget(
            new DocumentStore(new AzureBlobStore(new BlobServiceClient(storage))), "secrets.key", rules, TimeProvider.System, $"worker{Environment.ProcessId}");
        using var client = new HttpClient();
        Task[] callers = [.. Enumerable.Range(0, AtOnce).Select(_ => CallAsync(client, url, budget, ending.Token))];
        await Console.In.ReadToEndAsync(cancellationToken);
        await ending.CancelAsync();
        await Task.WhenAll(callers);
    }

    private static async Task CallAsync(HttpClient client, Uri url, SharedRateBudget budget, CancellationToken cancellationToken)
    {
        var call = new Call("GET", url, new Dictionary<string, string>());
        try
        {
            while (true)
            {
                if (await budget.AskAsync(call, cancellationToken) is Wait wait)
                {
                    TimeSpan waiting = wait.Until - TimeProvider.System.GetUtcNow();
                    await Task.Delay(waiting > TimeSpan.FromMilliseconds(1) ? waiting : TimeSpan.FromMilliseconds(1), cancellationToken);
                    continue;
                }

                using HttpResponseMessage answer = await client.GetAsync(url, cancellationToken);
                await budget.LearnAsync(
                    call, new SourceAnswer((int)answer.StatusCode, answer.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value))), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }
}

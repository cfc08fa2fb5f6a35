using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Documents;

namespace Penstock.Pipelines.Tests.Budgets;

/// <summary>Calls that are on their way while others are answered: seen with real processes, whose calls overlap.</summary>
public class CallsUnderWayTests : SharedBudgetFixture
{
    [Fact]
    public async Task what_the_source_accepts_while_it_refuses_others_is_told_at_once()
    {
        SharedRateBudget worker = Worker(BudgetRules.None);
        for (int calls = 1; calls <= 32; calls *= 2)
            await MakeAsync(worker, calls);
        // Several callers have asked; one is refused and all of them wait, so that nobody asks again before the others are answered.
        for (int i = 0; i < 8; i++)
            Assert.IsType<Granted>(await worker.AskAsync(Call));
        await worker.LearnAsync(Call, new SourceAnswer(429, new Dictionary<string, string> { ["retry-after"] = "30" }));
        double before = (await SpeedAsync())!.Value;
        for (int i = 0; i < 7; i++)
            await worker.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string>()));
        double after = (await SpeedAsync())!.Value;
        Assert.True(after > before, $"{after} calls a second instead of {before}");
        Assert.IsType<Wait>(await worker.AskAsync(Call));
    }

    [Fact]
    public async Task a_worker_s_first_calls_may_reach_the_source_late()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(2, TimeSpan.FromSeconds(10))])] };
        SharedRateBudget worker = Worker(rules);
        Assert.IsType<Granted>(await worker.AskAsync(Call));
        Assert.IsType<Granted>(await worker.AskAsync(Call));
        Assert.IsType<Wait>(await worker.AskAsync(Call));
        // A connection is made, and all is compiled: the calls are there 0.9 s after they were granted.
        Time.Advance(TimeSpan.FromSeconds(10.8));
        SharedRateBudget other = Worker(rules);
        Assert.IsType<Wait>(await other.AskAsync(Call));
        Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.IsType<Granted>(await other.AskAsync(Call));
    }

    private async Task MakeAsync(SharedRateBudget worker, int calls)
    {
        for (int i = 0; i < calls; i++)
        {
            Assert.IsType<Granted>(await worker.AskAsync(Call));
            await worker.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string>()));
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task<double?> SpeedAsync() =>
        Assert.Single((await new DocumentStore(Blobs).FindAsync<BudgetState>("state/budgets/secrets.key.json"))!.Value.Scopes).Value.Pace.CallsPerSecond;
}

using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Sources;

namespace Penstock.Pipelines.Tests.Budgets;

/// <summary>Workers, each with a budget of its own over one blob, against a source that counts.</summary>
public class SharedRateBudgetTests : SharedBudgetFixture
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public async Task all_workers_together_keep_a_declared_limit_and_use_it(int workers)
    {
        (int made, int mostInAMinute) = await WorkAsync(workers, Declared, minutes: 5, _ => new SourceAnswer(200, new Dictionary<string, string>()));
        Assert.True(mostInAMinute <= 600, $"{mostInAMinute} calls in a minute");
        Assert.True(made >= 0.95 * 5 * 600, $"only {made} calls of {5 * 600}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public async Task a_limit_of_calls_in_a_second_is_kept_and_used_too(int workers)
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(20, TimeSpan.FromSeconds(1))])] };
        SharedRateBudget[] budgets = [.. Enumerable.Range(0, workers).Select(_ => Worker(rules))];
        var calls = new List<DateTimeOffset>();
        DateTimeOffset end = Time.GetUtcNow().AddSeconds(30);
        for (int turn = 0; Time.GetUtcNow() < end; turn++)
        {
            for (int i = 0; i < workers; i++)
            {
                SharedRateBudget budget = budgets[(i + turn) % workers];
                if (await budget.AskAsync(Call) is not Granted)
                    continue;
                calls.Add(Time.GetUtcNow());
                await budget.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string>()));
            }

            Time.Advance(TimeSpan.FromMilliseconds(2));
        }

        int most = calls.Select((first, i) => calls.Skip(i).TakeWhile(call => call - first < TimeSpan.FromSeconds(1)).Count()).Max();
        Assert.True(most <= 20, $"{most} calls in a second");
        Assert.True(calls.Count >= 0.95 * 30 * 20, $"only {calls.Count} calls of {30 * 20}");
    }

    [Fact]
    public async Task a_refusal_of_one_worker_stops_all_until_the_source_allows_calls_again()
    {
        SharedRateBudget one = Worker(BudgetRules.None);
        SharedRateBudget other = Worker(BudgetRules.None);
        Assert.IsType<Granted>(await one.AskAsync(Call));
        await one.LearnAsync(Call, new SourceAnswer(429, new Dictionary<string, string> { ["retry-after"] = "30" }));
        var wait = Assert.IsType<Wait>(await other.AskAsync(Call));
        Assert.Equal(Time.GetUtcNow().AddSeconds(30.001), wait.Until);
        Time.Advance(TimeSpan.FromSeconds(31));
        Assert.IsType<Granted>(await other.AskAsync(Call));
    }

    [Fact]
    public async Task calls_that_a_dead_worker_had_reserved_come_back()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(10, TimeSpan.FromSeconds(10))])] };
        SharedRateBudget dead = Worker(rules);
        for (int i = 0; i < 3; i++)
            await dead.AskAsync(Call); // It holds some more when it dies.
        SharedRateBudget alive = Worker(rules);
        Time.Advance(TimeSpan.FromSeconds(12));
        for (int i = 0; i < 10; i++)
            Assert.IsType<Granted>(await alive.AskAsync(Call));
        Assert.IsType<Wait>(await alive.AskAsync(Call));
    }

    [Fact]
    public async Task calls_reserved_before_the_source_told_its_limit_do_not_pass_it()
    {
        SharedRateBudget budget = Worker(BudgetRules.None);
        for (int i = 0; i < 40; i++)
        {
            Assert.IsType<Granted>(await budget.AskAsync(Call));
            await budget.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string>()));
        }

        for (int i = 0; i < 8; i++)
            Assert.IsType<Granted>(await budget.AskAsync(Call)); // The eighth comes out of a batch that holds more.
        await budget.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string> { ["ratelimit-policy"] = "\"all\";q=10;w=60", ["ratelimit"] = "\"all\";r=2;t=60" }));
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        Assert.IsType<Granted>(await budget.AskAsync(Call));
        await budget.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string> { ["ratelimit-policy"] = "\"all\";q=10;w=60", ["ratelimit"] = "\"all\";r=0;t=60" }));
        Assert.IsType<Wait>(await budget.AskAsync(Call));
    }

    [Fact]
    public async Task unused_calls_come_back_when_their_time_is_over()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(100, TimeSpan.FromHours(1))])] };
        SharedRateBudget idle = Worker(rules);
        for (int i = 0; i < 20; i++)
            await idle.AskAsync(Call); // It holds more, and then has nothing left to do.
        Time.Advance(TimeSpan.FromSeconds(4));
        SharedRateBudget other = Worker(rules);
        int made = 0;
        while (await other.AskAsync(Call) is Granted)
            made++;
        Assert.Equal(80, made);
    }

    [Fact]
    public async Task once_its_host_is_gone_a_budget_writes_nothing_any_more()
    {
        // A command's data folder was removed, and a second later the budget wrote into it what it gave back.
        var budgets = new CredentialBudgets(new DocumentStore(Blobs), new RandomIdSource(new Random(1)), Time);
        IRateBudget worker = budgets.For("secrets.key", Declared);
        for (int i = 0; i < 3; i++)
            Assert.IsType<Granted>(await worker.AskAsync(Call));
        string before = (await Blobs.ListAsync("state/budgets/").SingleAsync()).ETag;
        await budgets.DisposeAsync();
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(before, (await Blobs.ListAsync("state/budgets/").SingleAsync()).ETag);
    }

    // Every worker makes as many calls as it may; steps of 50 ms.
    private async Task<(int Made, int MostInAMinute)> WorkAsync(int workers, BudgetRules rules, int minutes, Func<int, SourceAnswer> source)
    {
        SharedRateBudget[] budgets = [.. Enumerable.Range(0, workers).Select(_ => Worker(rules))];
        var calls = new List<DateTimeOffset>();
        DateTimeOffset end = Time.GetUtcNow().AddMinutes(minutes);
        while (Time.GetUtcNow() < end)
        {
            foreach (SharedRateBudget budget in budgets)
            {
                if (await budget.AskAsync(Call) is not Granted)
                    continue;
                calls.Add(Time.GetUtcNow());
                await budget.LearnAsync(Call, source(calls.Count));
            }

            Time.Advance(TimeSpan.FromMilliseconds(50));
        }

        int most = 0;
        for (int first = 0, last = 0; last < calls.Count; last++)
        {
            while (calls[last] - calls[first] >= TimeSpan.FromMinutes(1))
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return (calls.Count, most);
    }
}

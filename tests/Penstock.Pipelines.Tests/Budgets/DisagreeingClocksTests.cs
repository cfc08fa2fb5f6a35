using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Testing.Budgets;

namespace Penstock.Pipelines.Tests.Budgets;

/// <summary>Workers whose clocks disagree with the store's: what the simulation has seen.</summary>
public class DisagreeingClocksTests : SharedBudgetFixture
{
    [Fact]
    public async Task a_worker_whose_clock_is_wrong_keeps_reserved_calls_no_longer_than_others()
    {
        // What it learnt of the store's clock counted as time that the store had taken.
        SharedRateBudget wrong = Worker(Declared, time: new SkewedTimeProvider(Time, TimeSpan.FromSeconds(-30)));
        for (int i = 0; i < 4; i++)
            Assert.IsType<Granted>(await wrong.AskAsync(Call)); // The fourth comes out of a batch that holds more.
        SharedRateBudget other = Worker(Declared);
        await other.LearnAsync(Call, new SourceAnswer(429, new Dictionary<string, string> { ["retry-after"] = "60" }));
        Time.Advance(TimeSpan.FromSeconds(3));
        Assert.IsType<Wait>(await wrong.AskAsync(Call));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(1)]
    public async Task a_clock_that_may_be_right_by_whole_seconds_makes_no_call_too_early(double ahead)
    {
        // The store tells whole seconds: a clock that is nearly one ahead agrees with it at first.
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [], [new CallRate(2, TimeSpan.FromMinutes(1))])] };
        SharedRateBudget one = Worker(rules);
        for (int i = 0; i < 2; i++)
        {
            Assert.IsType<Granted>(await one.AskAsync(Call));
            await one.LearnAsync(Call, new SourceAnswer(200, new Dictionary<string, string>()));
        }

        Assert.IsType<Wait>(await one.AskAsync(Call)); // It tells that they are answered.
        SharedRateBudget other = Worker(rules, time: new SkewedTimeProvider(Time, TimeSpan.FromSeconds(ahead)));
        Time.Advance(TimeSpan.FromSeconds(59.99));
        Assert.IsType<Wait>(await other.AskAsync(Call));
        Time.Advance(TimeSpan.FromSeconds(3.5));
        Assert.IsType<Granted>(await other.AskAsync(Call));
    }
}

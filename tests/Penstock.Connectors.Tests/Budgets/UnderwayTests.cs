using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

public class UnderwayTests : BudgetFixture
{
    [Fact]
    public void No_more_calls_are_under_way_than_are_allowed()
    {
        var rules = Rules(new CallRate(100, TimeSpan.FromMinutes(1))) with { Limits = [new CallPolicy("budget", [], []) { Concurrency = 2 }] };
        Assert.True(Ask(rules));
        for (var i = 0; i < 20; i++)
        {
            Assert.True(Ask(rules));
            Assert.False(Ask(rules));
            Learn(rules, 200);
        }
    }

    [Fact]
    public void Calls_under_way_of_a_worker_that_died_are_counted_for_a_while_only()
    {
        var rules = new BudgetRules { Limits = [new CallPolicy("budget", [], []) { Concurrency = 1 }] };
        Assert.True(Ask(rules));
        Assert.False(Ask(rules));
        Now = Start.AddMinutes(3.1);
        Assert.True(Ask(rules));
    }
}

using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

public class SlowStartTests : BudgetFixture
{
    [Fact]
    public void The_first_call_to_an_unknown_source_goes_alone()
    {
        Assert.Equal([true, false], new[] { Ask(BudgetRules.None), Ask(BudgetRules.None) });
        Learn(BudgetRules.None, 200);
        Assert.Equal([true, true, false], new[] { Ask(BudgetRules.None), Ask(BudgetRules.None), Ask(BudgetRules.None) });
    }

    [Fact]
    public void An_answer_that_never_comes_does_not_stop_an_unknown_source()
    {
        Assert.True(Ask(BudgetRules.None));
        Now = Start.AddSeconds(11);
        Assert.True(Ask(BudgetRules.None));
    }
}

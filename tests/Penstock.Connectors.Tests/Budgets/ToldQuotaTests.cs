using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

public class ToldQuotaTests : BudgetFixture
{
    [Fact]
    public void A_quota_that_counts_down_is_kept_to_its_reset()
    {
        Learn(BudgetRules.None, 200, ("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", "30"));
        Learn(BudgetRules.None, 200, ("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "2"), ("x-ratelimit-reset", "30"));
        Assert.True(Ask(BudgetRules.None) && Ask(BudgetRules.None));
        Assert.Equal(Start.AddSeconds(30), WaitUntil(BudgetRules.None));
        Now = Start.AddSeconds(30);
        Assert.True(Ask(BudgetRules.None));
    }

    [Fact]
    public void A_late_answer_does_not_give_calls_back()
    {
        Learn(BudgetRules.None, 200, ("x-ratelimit-remaining", "6"), ("x-ratelimit-reset", "30"));
        Learn(BudgetRules.None, 200, ("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", "30"));
        Learn(BudgetRules.None, 200, ("x-ratelimit-remaining", "5"), ("x-ratelimit-reset", "30"));
        Assert.Equal([true, false], new[] { Ask(BudgetRules.None), Ask(BudgetRules.None) });
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public void A_header_that_always_says_the_same_does_not_stop_a_source_that_answers(string remaining)
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.True(Ask(BudgetRules.None));
            Learn(BudgetRules.None, 200, ("x-ratelimit-remaining", remaining), ("x-ratelimit-reset", "3600"));
        }
    }

    [Fact]
    public void None_left_is_believed_when_the_source_refuses()
    {
        Learn(BudgetRules.None, 429, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "3600"));
        Assert.Equal(Start.AddHours(1), WaitUntil(BudgetRules.None));
    }

    [Fact]
    public void Retry_after_pauses_all_calls_of_the_scope()
    {
        Learn(BudgetRules.None, 429, ("retry-after", "90"));
        Assert.Equal(Start.AddSeconds(90), WaitUntil(BudgetRules.None));
    }
}

using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

public class DeclaredLimitTests : BudgetFixture
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(150, 60)]
    [InlineData(3500, 60)]
    public void Any_interval_holds_at_most_the_limit_and_nearly_all_of_it_is_used(int limit, int seconds)
    {
        var rules = Rules(new CallRate(limit, TimeSpan.FromSeconds(seconds)));
        var calls = new List<DateTimeOffset>();
        var chance = new Random(7);
        while (Now < Start.AddSeconds(20 * seconds))
        {
            if (Ask(rules))
            {
                calls.Add(Now);
                Now += TimeSpan.FromTicks(chance.Next((int)(TimeSpan.FromSeconds(seconds).Ticks / limit / 4)));
            }
            else
            {
                Now = WaitUntil(rules);
            }
        }

        for (int from = 0, to = 0; from < calls.Count; from++)
        {
            while (to < calls.Count && calls[to] < calls[from].AddSeconds(seconds))
            {
                to++;
            }

            Assert.True(to - from <= limit, $"{to - from} calls from {calls[from]:O}");
        }

        Assert.True(calls.Count >= 0.95 * 20 * limit, $"{calls.Count} calls");
    }

    [Fact]
    public void An_answer_that_is_dated_as_late_as_it_may_be_lets_no_call_leave_its_window_before_its_time()
    {
        var rules = Rules(new CallRate(1, TimeSpan.FromMinutes(1)));
        Assert.True(Ask(rules));
        var asked = Now;

        // The store's clock is known to a second: the answer may have come at the very end of it.
        Now = asked.AddSeconds(60);
        Learn(rules, 200);
        Now = asked.AddSeconds(59);

        Assert.Equal(asked.AddMinutes(1), WaitUntil(rules));
    }

    [Fact]
    public void All_rates_of_a_policy_hold_at_once()
    {
        var rules = Rules(new CallRate(3, TimeSpan.FromSeconds(1)), new CallRate(5, TimeSpan.FromMinutes(1)));
        var granted = 0;
        while (Now < Start.AddSeconds(50))
        {
            granted += Ask(rules) ? 1 : 0;
            Now += TimeSpan.FromMilliseconds(100);
        }

        Assert.Equal(5, granted);
    }

    [Fact]
    public void The_first_policy_that_matches_applies()
    {
        var rules = new BudgetRules
        {
            Policies =
            [
                new CallPolicy("posts", [new CallMatcher { Method = "post" }], [new CallRate(1, TimeSpan.FromHours(1))]),
                new CallPolicy("x", [new CallMatcher { UrlBase = "https://api.example.com/", PathPattern = "^/v1/x$", Params = new Dictionary<string, string> { ["y"] = "1" } }], []),
                new CallPolicy("rest", [], [new CallRate(1, TimeSpan.FromHours(1))]),
            ],
        };
        Assert.True(Ask(rules) && Ask(rules) && Ask(rules));
        var other = Get with { Url = new Uri("https://api.example.com/v1/x?y=2") };
        var (first, after) = State.Ask(rules, other, Now);
        Assert.IsType<Granted>(first);
        Assert.IsType<Wait>(after.Ask(rules, other, Now).Answer);
    }

    [Fact]
    public void A_heavy_call_counts_as_several()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [new CallMatcher { Weight = 3 }], [new CallRate(7, TimeSpan.FromMinutes(1))])] };
        Assert.Equal([true, true, false], new[] { Ask(rules), Ask(rules), Ask(rules) });
    }

    [Fact]
    public void Limits_of_the_pipeline_hold_beside_the_policy_that_applies()
    {
        var rules = Rules(new CallRate(5, TimeSpan.FromMinutes(1))).With(
            new BudgetRules { Limits = [new CallPolicy("budget", [new CallMatcher { Method = "GET" }], [new CallRate(2, TimeSpan.FromMinutes(1))])] });
        Assert.Equal([true, true, false], new[] { Ask(rules), Ask(rules), Ask(rules) });
        var post = Get with { Method = "POST" };
        Assert.IsType<Granted>(State.Ask(rules, post, Now).Answer);
    }
}

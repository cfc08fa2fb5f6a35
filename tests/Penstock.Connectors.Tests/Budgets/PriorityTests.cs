using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

public class PriorityTests : BudgetFixture
{
    [Fact]
    public void Backfills_leave_a_share_to_live_calls_for_as_long_as_nothing_comes_free()
    {
        var rules = Rules(new CallRate(10, TimeSpan.FromMinutes(1))) with { LiveShare = 0.3 };
        var patient = 0;
        while (Ask(rules, CallPriority.Backfill))
        {
            patient++;
        }

        Assert.Equal(7, patient);
        Assert.True(Ask(rules));
    }

    [Fact]
    public void Backfills_use_all_of_a_window_that_live_calls_leave_unused()
    {
        var rules = Rules(new CallRate(100, TimeSpan.FromMinutes(1)));
        var made = 0;
        for (; Now < Start.AddSeconds(60); Now += TimeSpan.FromMilliseconds(100))
        {
            made += Ask(rules, CallPriority.Backfill) ? 1 : 0;
        }

        Assert.InRange(made, 99, 100);
    }

    [Fact]
    public void A_live_call_that_waits_goes_before_backfills()
    {
        var rules = Rules(new CallRate(1, TimeSpan.FromMinutes(1)));
        Assert.True(Ask(rules, CallPriority.Backfill));
        Assert.False(Ask(rules));
        Now = Start.AddSeconds(61);
        Assert.False(Ask(rules, CallPriority.Backfill));
        Assert.True(Ask(rules));
    }

    [Fact]
    public void A_live_call_that_never_comes_back_does_not_stop_backfills()
    {
        var rules = Rules(new CallRate(1, TimeSpan.FromMinutes(1)));
        Assert.True(Ask(rules, CallPriority.Backfill));
        Assert.False(Ask(rules));
        Now = Start.AddSeconds(75);
        Assert.True(Ask(rules, CallPriority.Backfill));
    }
}

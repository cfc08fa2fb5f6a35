using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

public class PaceTests : BudgetFixture
{
    [Fact]
    public void A_limit_that_nobody_declares_is_found()
    {
        // A source that allows 10 calls in any second, says nothing, and is asked by an eager worker.
        var accepted = new Queue<DateTimeOffset>();
        int granted = 0, refused = 0;
        while (Now < Start.AddMinutes(10))
        {
            if (!Ask(BudgetRules.None))
            {
                Now = WaitUntil(BudgetRules.None);
                continue;
            }

            granted++;
            while (accepted.TryPeek(out var first) && first <= Now.AddSeconds(-1))
            {
                accepted.Dequeue();
            }

            var isRefused = accepted.Count >= 10;
            refused += isRefused ? 1 : 0;
            if (!isRefused)
            {
                accepted.Enqueue(Now);
            }

            Learn(BudgetRules.None, isRefused ? 429 : 200);
            Now += TimeSpan.FromMilliseconds(20);
        }

        Assert.True(granted - refused > 0.6 * 6000, $"{granted - refused} of 6000 calls");
        Assert.True(refused < 0.02 * granted, $"{refused} refused of {granted}");
    }

    [Fact]
    public void A_source_that_refuses_the_very_first_call_is_not_slow_for_that()
    {
        // Others have used its limit up, or it had no reason; then it accepts whatever comes.
        Assert.True(Ask(BudgetRules.None));
        Learn(BudgetRules.None, 429);
        Assert.InRange(Accepted(TimeSpan.FromMinutes(2)), 1_000, int.MaxValue);
    }

    [Fact]
    public void Nor_is_one_that_asks_to_wait_again_and_again_before_it_accepts()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.True(Ask(BudgetRules.None));
            Learn(BudgetRules.None, 429, ("retry-after", "20"));
            Now = WaitUntil(BudgetRules.None);
        }

        Assert.InRange(Accepted(TimeSpan.FromMinutes(2)), 1_000, int.MaxValue);
    }

    [Fact]
    public void What_a_few_calls_said_is_soon_doubted()
    {
        // A call now and then, one of them refused: that says next to nothing.
        Assert.True(Ask(BudgetRules.None));
        Learn(BudgetRules.None, 200);
        Now += TimeSpan.FromMinutes(10);
        Assert.True(Ask(BudgetRules.None));
        Learn(BudgetRules.None, 429, ("retry-after", "20"));
        Accepted(TimeSpan.FromHours(5));
        Assert.InRange(State.Scopes["api.example.com"].Pace.CallsPerSecond!.Value, 0.02, double.MaxValue);
    }

    [Fact]
    public void A_speed_that_is_never_refused_stays_a_number()
    {
        var pace = Pace.Unlimited.Accept(Start, "one").Refuse(Start.AddSeconds(1), Start.AddSeconds(2), "one");
        for (var i = 0; i < 40_000; i++)
        {
            pace = pace.Accept(Start.AddMinutes(1 + i), "one");
        }

        Assert.InRange(pace.CallsPerSecond!.Value, 100, 10_000);
    }

    [Fact]
    public void Calls_that_were_accepted_before_a_refusal_and_are_told_later_still_say_how_fast_the_source_is()
    {
        var pace = Pace.Unlimited;
        for (var i = 0; i < 30; i++)
        {
            pace = pace.Accept(Start.AddSeconds(i * 0.1), "one");
        }

        pace = pace.Refuse(Start.AddSeconds(3), Start.AddSeconds(60), "one");
        Assert.Equal(0.5, pace.CallsPerSecond!.Value, 0.1);
        for (var i = 0; i < 570; i++)
        {
            pace = pace.Accept(Start.AddSeconds(2.9), "another");
        }

        Assert.Equal(10, pace.CallsPerSecond!.Value, 0.2);
    }

    [Fact]
    public void A_second_refusal_soon_after_the_first_does_not_stop_the_source()
    {
        var pace = Pace.Unlimited;
        for (var i = 0; i < 600; i++)
        {
            pace = pace.Accept(Start.AddSeconds(i * 0.1), "one");
        }

        pace = pace.Refuse(Start.AddSeconds(60), Start.AddSeconds(61), "one").Refuse(Start.AddSeconds(62), Start.AddSeconds(82), "one");
        Assert.InRange(pace.CallsPerSecond!.Value, 5, 10);
    }

    [Fact]
    public void A_source_that_never_says_until_when_it_refuses_is_tried_less_often_once_that_is_known()
    {
        var (pace, first) = Refused(Pace.Unlimited, Start.AddMinutes(1), TimeSpan.FromSeconds(30));
        var (_, second) = Refused(pace, Start.AddMinutes(10), TimeSpan.FromSeconds(30));
        Assert.InRange(first, 20, 40);
        Assert.InRange(second, 2, first / 2);
    }

    // Refuses for so long; gives how many calls were tried in vain.
    private static (Pace Pace, int Refusals) Refused(Pace pace, DateTimeOffset at, TimeSpan lasting)
    {
        var refusals = 1;
        pace = pace.Accept(at.AddSeconds(-1), "one").Refuse(at, null, "one");
        for (var now = pace.FreeAt(at); now < at + lasting; now = pace.FreeAt(now), refusals++)
        {
            pace = pace.Take(now, "one").Refuse(now, null, "one");
        }

        var end = pace.FreeAt(at + lasting);
        pace = pace.Take(end, "one").Accept(end, "one");
        Assert.Null(pace.Seeking);
        return (pace, refusals);
    }

    private int Accepted(TimeSpan lasting)
    {
        var accepted = 0;
        for (var end = Now + lasting; Now < end;)
        {
            if (!Ask(BudgetRules.None))
            {
                Now = WaitUntil(BudgetRules.None);
                continue;
            }

            Learn(BudgetRules.None, 200);
            accepted++;
            Now += TimeSpan.FromMilliseconds(50);
        }

        return accepted;
    }
}

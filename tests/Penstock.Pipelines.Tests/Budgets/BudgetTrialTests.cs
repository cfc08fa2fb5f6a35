using Penstock.Connectors.Budgets;
using Penstock.Simulator;
using Penstock.Testing.Budgets;
using SourceQuota = Penstock.Simulator.Quota;

namespace Penstock.Pipelines.Tests.Budgets;

/// <summary>Eager workers against a source that meters them, in virtual time: the figures of docs/budgets.md in small.</summary>
public class BudgetTrialTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly SourceQuota Moving = new SourceQuota.MovingWindow(300, Window);
    private static readonly SourceQuota Fixed = new SourceQuota.FixedWindow(300, Window);
    private static readonly BudgetRules Declared = new() { Policies = [new CallPolicy("all", [], [new CallRate(300, Window)])] };

    private static BudgetTrial Trial(SourceQuota quota) => new() { Quota = quota, Windows = 13, StoreLatency = TimeSpan.FromMilliseconds(4) };

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public void a_declared_limit_is_kept_without_a_refusal_and_used(int workers)
    {
        foreach (SourceQuota quota in (SourceQuota[])(workers > 8 ? [Moving] : [Moving, Fixed]))
        {
            TrialResult result = (Trial(quota) with { Rules = Declared, Workers = workers }).Run();
            Assert.Equal(0, result.Refused);
            Assert.True(result.LeastUse(1) >= 0.95, $"{result.LeastUse(1):P1}");
        }
    }

    [Theory]
    [InlineData(true, ResetForm.None, 0)]
    [InlineData(false, ResetForm.DeltaSeconds, 0)]
    [InlineData(false, ResetForm.EpochSeconds, 300)]
    [InlineData(false, ResetForm.EpochMilliseconds, -300)]
    [InlineData(false, ResetForm.Iso, 0)]
    public void a_limit_that_headers_tell_is_kept_and_used(bool structured, ResetForm form, int clockAhead)
    {
        var headers = new RateLimitHeaderOptions { StructuredFields = structured, XRateLimit = form, ClockAhead = TimeSpan.FromSeconds(clockAhead) };
        foreach (SourceQuota quota in (SourceQuota[])[Moving, Fixed])
            AssertLearnt((Trial(quota) with { Headers = headers, Workers = 8 }).Run());
    }

    [Theory]
    [InlineData(RetryAfterForm.Seconds)]
    [InlineData(RetryAfterForm.None)]
    public void a_limit_that_only_refusals_tell_is_found_and_used(RetryAfterForm form)
    {
        foreach (SourceQuota quota in (SourceQuota[])[Moving, Fixed])
            AssertLearnt((Trial(quota) with { Headers = new RateLimitHeaderOptions { RetryAfter = form }, Workers = 8 }).Run());
    }

    [Fact]
    public void clocks_that_differ_by_minutes_do_not_pass_a_limit()
    {
        TrialResult result = (Trial(Moving) with { Rules = Declared, Workers = 8, Skew = TimeSpan.FromMinutes(5) }).Run();
        Assert.Equal(0, result.Refused);
        Assert.True(result.LeastUse(1) >= 0.9, $"{result.LeastUse(1):P1}");
    }

    [Fact]
    public void workers_that_die_with_calls_in_hand_neither_pass_a_limit_nor_waste_much_of_it()
    {
        TrialResult result = (Trial(Moving) with { Rules = Declared, Workers = 8, Life = TimeSpan.FromSeconds(10) }).Run();
        Assert.Equal(0, result.Refused);
        Assert.True(result.LeastUse(1) >= 0.9, $"{result.LeastUse(1):P1}");
    }

    [Fact]
    public void calls_under_way_are_limited_over_all_workers()
    {
        var rules = Declared with { Limits = [new CallPolicy("concurrency", [], []) { Concurrency = 3 }] };
        TrialResult result = (Trial(Moving) with { Others = [new SourceQuota.Concurrency(3)], Rules = rules, Workers = 8, Windows = 3 }).Run();
        Assert.Equal(0, result.Refused);
        Assert.True(result.Accepted > 600, $"{result.Accepted}");
    }

    [Fact]
    public void live_calls_get_what_they_need_beside_backfills_that_take_all_the_rest()
    {
        var alone = (Trial(Moving) with { Rules = Declared, Workers = 1 }).Run();
        var beside = (Trial(Moving) with { Rules = Declared, Workers = 9, Live = 1 }).Run();
        int live = beside.Calls.Count(call => call.IsLive);
        Assert.Equal(0, beside.Refused);
        Assert.True(live > 0.5 * alone.Accepted, $"{live} of {alone.Accepted} live calls beside backfills");
        Assert.True(beside.LeastUse(1) >= 0.95, $"{beside.LeastUse(1):P1}");
    }

    [Fact]
    public void backfills_use_all_of_the_quota_when_nothing_live_waits()
    {
        TrialResult result = (Trial(Moving) with { Rules = Declared, Workers = 8, Live = 0 }).Run();
        Assert.True(result.LeastUse(1) >= 0.95, $"{result.LeastUse(1):P1}");
    }

    private static void AssertLearnt(TrialResult result)
    {
        Assert.True(result.RefusedShare(2) <= 0.005, $"{result.RefusedShare(2):P2} refused with {result.Trial.Headers}");
        Assert.True(result.LeastUse(2) >= 0.85, $"{result.LeastUse(2):P1} used with {result.Trial.Headers} on {result.Trial.Quota}");
    }
}

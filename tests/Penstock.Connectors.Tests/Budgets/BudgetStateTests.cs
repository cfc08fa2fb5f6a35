using System.Text.Json;
using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

public class BudgetStateTests
{
    private static readonly DateTimeOffset Start = new(2025, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly Call Get = new("GET", new Uri("https://api.example.com/v1/x?y=1"), new Dictionary<string, string>());

    private DateTimeOffset _now = Start;
    private BudgetState _state = BudgetState.Empty;

    private static BudgetRules Rules(params CallRate[] rates) => new() { Policies = [new CallPolicy("all", [], rates)] };

    private bool Ask(BudgetRules rules, CallPriority priority = CallPriority.Live)
    {
        (var answer, _state) = _state.Ask(rules, Get, _now, priority);
        return answer is Granted;
    }

    private DateTimeOffset WaitUntil(BudgetRules rules) => Assert.IsType<Wait>(_state.Ask(rules, Get, _now).Answer).Until;

    private void Learn(BudgetRules rules, int status, params (string Name, string Value)[] headers) =>
        _state = _state.Learn(rules, Get, new SourceAnswer(status, headers.ToDictionary(header => header.Name, header => header.Value)), _now);

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
        while (_now < Start.AddSeconds(20 * seconds))
        {
            if (Ask(rules))
            {
                calls.Add(_now);
                _now += TimeSpan.FromTicks(chance.Next((int)(TimeSpan.FromSeconds(seconds).Ticks / limit / 4)));
            }
            else
            {
                _now = WaitUntil(rules);
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
    public void All_rates_of_a_policy_hold_at_once()
    {
        var rules = Rules(new CallRate(3, TimeSpan.FromSeconds(1)), new CallRate(5, TimeSpan.FromMinutes(1)));
        var granted = 0;
        while (_now < Start.AddSeconds(50))
        {
            granted += Ask(rules) ? 1 : 0;
            _now += TimeSpan.FromMilliseconds(100);
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
        var (first, after) = _state.Ask(rules, other, _now);
        Assert.IsType<Granted>(first);
        Assert.IsType<Wait>(after.Ask(rules, other, _now).Answer);
    }

    [Fact]
    public void A_heavy_call_counts_as_several()
    {
        var rules = new BudgetRules { Policies = [new CallPolicy("all", [new CallMatcher { Weight = 3 }], [new CallRate(7, TimeSpan.FromMinutes(1))])] };
        Assert.Equal([true, true, false], new[] { Ask(rules), Ask(rules), Ask(rules) });
    }

    [Fact]
    public void A_quota_that_counts_down_is_kept_to_its_reset()
    {
        Learn(BudgetRules.None, 200, ("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", "30"));
        Learn(BudgetRules.None, 200, ("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "2"), ("x-ratelimit-reset", "30"));
        Assert.True(Ask(BudgetRules.None) && Ask(BudgetRules.None));
        Assert.Equal(Start.AddSeconds(30), WaitUntil(BudgetRules.None));
        _now = Start.AddSeconds(30);
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

    [Fact]
    public void A_limit_that_nobody_declares_is_found()
    {
        // A source that allows 10 calls in any second, says nothing, and is asked by an eager worker.
        var accepted = new Queue<DateTimeOffset>();
        int granted = 0, refused = 0;
        while (_now < Start.AddMinutes(10))
        {
            if (!Ask(BudgetRules.None))
            {
                _now = WaitUntil(BudgetRules.None);
                continue;
            }

            granted++;
            while (accepted.TryPeek(out var first) && first <= _now.AddSeconds(-1))
            {
                accepted.Dequeue();
            }

            var isRefused = accepted.Count >= 10;
            refused += isRefused ? 1 : 0;
            if (!isRefused)
            {
                accepted.Enqueue(_now);
            }

            Learn(BudgetRules.None, isRefused ? 429 : 200);
            _now += TimeSpan.FromMilliseconds(20);
        }

        Assert.True(granted - refused > 0.6 * 6000, $"{granted - refused} of 6000 calls");
        Assert.True(refused < 0.02 * granted, $"{refused} refused of {granted}");
    }

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
        for (; _now < Start.AddSeconds(60); _now += TimeSpan.FromMilliseconds(100))
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
        _now = Start.AddSeconds(61);
        Assert.False(Ask(rules, CallPriority.Backfill));
        Assert.True(Ask(rules));
    }

    [Fact]
    public void A_live_call_that_never_comes_back_does_not_stop_backfills()
    {
        var rules = Rules(new CallRate(1, TimeSpan.FromMinutes(1)));
        Assert.True(Ask(rules, CallPriority.Backfill));
        Assert.False(Ask(rules));
        _now = Start.AddSeconds(75);
        Assert.True(Ask(rules, CallPriority.Backfill));
    }

    [Fact]
    public void Limits_of_the_pipeline_hold_beside_the_policy_that_applies()
    {
        var rules = Rules(new CallRate(5, TimeSpan.FromMinutes(1))).With(
            new BudgetRules { Limits = [new CallPolicy("budget", [new CallMatcher { Method = "GET" }], [new CallRate(2, TimeSpan.FromMinutes(1))])] });
        Assert.Equal([true, true, false], new[] { Ask(rules), Ask(rules), Ask(rules) });
        var post = Get with { Method = "POST" };
        Assert.IsType<Granted>(_state.Ask(rules, post, _now).Answer);
    }

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
        _now = Start.AddMinutes(3.1);
        Assert.True(Ask(rules));
    }

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
        _now = Start.AddSeconds(11);
        Assert.True(Ask(BudgetRules.None));
    }

    [Fact]
    public void A_paused_credential_makes_no_call_until_it_is_resumed()
    {
        _state = _state with { Pause = new BudgetPause(null, "the vendor migrates") };
        Assert.False(Ask(BudgetRules.None));
        _now = Start.AddDays(30);
        Assert.False(Ask(BudgetRules.None));
        _state = _state with { Pause = new BudgetPause(_now.AddHours(1), "lunch") };
        Assert.Equal(_now.AddHours(1), WaitUntil(BudgetRules.None));
        _now = _now.AddHours(1);
        Assert.True(Ask(BudgetRules.None));
    }

    [Fact]
    public void The_state_is_carried_over_as_JSON()
    {
        var rules = Rules(new CallRate(2, TimeSpan.FromMinutes(1)));
        Ask(rules);
        Learn(rules, 200, ("x-ratelimit-remaining", "50"), ("x-ratelimit-reset", "30"));
        _state = JsonSerializer.Deserialize<BudgetState>(JsonSerializer.Serialize(_state))!;
        Assert.Equal([true, false], new[] { Ask(rules), Ask(rules) });
    }
}

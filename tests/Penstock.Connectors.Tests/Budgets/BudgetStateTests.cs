using System.Text.Json;
using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

public class BudgetStateTests : BudgetFixture
{
    [Fact]
    public void A_paused_credential_makes_no_call_until_it_is_resumed()
    {
        State = State with { Pause = new BudgetPause(null, "the vendor migrates") };
        Assert.False(Ask(BudgetRules.None));
        Now = Start.AddDays(30);
        Assert.False(Ask(BudgetRules.None));
        State = State with { Pause = new BudgetPause(Now.AddHours(1), "lunch") };
        Assert.Equal(Now.AddHours(1), WaitUntil(BudgetRules.None));
        Now = Now.AddHours(1);
        Assert.True(Ask(BudgetRules.None));
    }

    [Fact]
    public void TheState_is_carried_over_as_JSON()
    {
        var rules = Rules(new CallRate(2, TimeSpan.FromMinutes(1)));
        Ask(rules);
        Learn(rules, 200, ("x-ratelimit-remaining", "50"), ("x-ratelimit-reset", "30"));
        State = JsonSerializer.Deserialize<BudgetState>(JsonSerializer.Serialize(State))!;
        Assert.Equal([true, false], new[] { Ask(rules), Ask(rules) });
    }
}

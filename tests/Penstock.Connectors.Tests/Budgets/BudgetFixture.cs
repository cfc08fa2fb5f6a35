using Penstock.Connectors.Budgets;

namespace Penstock.Connectors.Tests.Budgets;

/// <summary>A budget and a clock; one worker asks and learns.</summary>
public abstract class BudgetFixture
{
    protected static readonly DateTimeOffset Start = new(2025, 6, 15, 12, 0, 0, TimeSpan.Zero);
    protected static readonly Call Get = new("GET", new Uri("https://api.example.com/v1/x?y=1"), new Dictionary<string, string>());

    protected DateTimeOffset Now { get; set; } = Start;

    protected BudgetState State { get; set; } = BudgetState.Empty;

    protected static BudgetRules Rules(params CallRate[] rates) => new() { Policies = [new CallPolicy("all", [], rates)] };

    protected bool Ask(BudgetRules rules, CallPriority priority = CallPriority.Live)
    {
        (var answer, State) = State.Ask(rules, Get, Now, priority);
        return answer is Granted;
    }

    protected DateTimeOffset WaitUntil(BudgetRules rules) => Assert.IsType<Wait>(State.Ask(rules, Get, Now).Answer).Until;

    protected void Learn(BudgetRules rules, int status, params (string Name, string Value)[] headers) =>
        State = State.Learn(rules, Get, new SourceAnswer(status, headers.ToDictionary(header => header.Name, header => header.Value)), Now);
}

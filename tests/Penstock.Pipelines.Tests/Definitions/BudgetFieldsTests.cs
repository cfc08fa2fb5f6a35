using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Definitions;

namespace Penstock.Pipelines.Tests.Definitions;

public class BudgetFieldsTests
{
    private const string Head = """
        pipeline: shop
        connector: connector.yaml
        streams: [{ stream: orders }]

        """;

    private static PipelineFiles Files(string budget) => new PipelineFiles().Add("shop/connector.yaml", "type: DeclarativeSource").Add("shop/pipeline.yaml", Head + budget);

    [Fact]
    public async Task a_budget_says_limits_share_and_headers()
    {
        Pipeline pipeline = await Files("""
            budget:
              limits:
                - { calls: 600, per: PT1M }
                - { calls: 5, per: PT1S, concurrency: 2, method: get, path: ^/search }
              live_share: 0.35
              headers: { limit: X-Calls, remaining: X-Calls-Left, reset: X-Calls-Again, retry_after: X-Wait }
            """).UsableAsync("shop");
        BudgetRules rules = pipeline.Budget;
        Assert.Equal([[new CallRate(600, TimeSpan.FromMinutes(1))], [new CallRate(5, TimeSpan.FromSeconds(1))]], rules.Limits.Select(limit => limit.Rates));
        Assert.Equal(["budget: 600 calls in 00:01:00", "budget: GET ^/search 5 calls in 00:00:01 2 at once"], rules.Limits.Select(limit => limit.Key));
        Assert.Equal([null, 2], rules.Limits.Select(limit => limit.Concurrency));
        Assert.Equal(("GET", "^/search"), (rules.Limits[1].Matchers[0].Method, rules.Limits[1].Matchers[0].PathPattern));
        Assert.Equal((0.35, "x-calls", "x-calls-left", "x-calls-again", "x-wait"), (rules.LiveShare, rules.LimitHeader, rules.RemainingHeader, rules.ResetHeader, rules.RetryAfterHeader));
    }

    [Theory]
    [InlineData("budget: { limits: [{ calls: 600 }] }", "shop/pipeline.yaml:4: budget.limits[0].calls: A limit of calls has both 'calls' and 'per'. Write, for example: { calls: 600, per: PT1M }")]
    [InlineData("budget: { limits: [{ path: ^/x }] }", "shop/pipeline.yaml:4: budget.limits[0].calls: 'calls' is missing. Add it, for example: { calls: 600, per: PT1M }, or { concurrency: 4 }")]
    [InlineData("budget: { limits: [{ concurrency: 0 }] }", "shop/pipeline.yaml:4: budget.limits[0].concurrency: ")]
    [InlineData("budget: { limits: [{ calls: 600, per: PT1M, path: '(' }] }", "shop/pipeline.yaml:4: budget.limits[0].path: '(' isn't a regular expression.")]
    [InlineData("budget: { live_share: 1.5 }", "shop/pipeline.yaml:4: budget.live_share: '1.5' isn't a share. Write a number from 0 to 0.9, for example 0.2.")]
    [InlineData("budget: { headers: { remaining: X-Left } }", "shop/pipeline.yaml:4: budget.headers.remaining: 'remaining' and 'reset' tell a quota together only. Name both headers.")]
    [InlineData("budget: { headers: { remaining: 'X Left', reset: X-Reset } }", "shop/pipeline.yaml:4: budget.headers.remaining: 'X Left' can't be a header's name.")]
    [InlineData("budget: { limit: [] }", "shop/pipeline.yaml:4: budget.limit: 'limit' isn't a field here. Did you mean 'limits'?")]
    public async Task what_is_wrong_in_a_budget_is_said_with_its_place(string budget, string problem) =>
        Assert.StartsWith(problem, await Files(budget).ProblemsAsync("shop"));
}

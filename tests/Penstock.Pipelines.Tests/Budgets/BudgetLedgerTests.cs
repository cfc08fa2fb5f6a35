using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Documents;

namespace Penstock.Pipelines.Tests.Budgets;

public class BudgetLedgerTests : SharedBudgetFixture
{
    [Fact]
    public async Task a_pause_reaches_every_worker_and_ends()
    {
        SharedRateBudget worker = Worker(Declared);
        var ledger = new BudgetLedger(new DocumentStore(Blobs), Blobs, Time);
        BudgetReport paused = (await ledger.SetPauseAsync("secrets.key", new BudgetPause(null, "the vendor migrates"), "open"))!;
        Assert.Contains("the vendor migrates", Assert.IsType<Wait>(await worker.AskAsync(Call)).Reason, StringComparison.Ordinal);
        Assert.Equal("the vendor migrates", (await ledger.FindAsync("secrets.key"))!.Paused!.Reason);
        Assert.Null(await ledger.SetPauseAsync("secrets.key", null, "open"));
        Assert.Null((await ledger.SetPauseAsync("secrets.key", null, paused.Version))!.Paused);
        Assert.Null((await ledger.SetPauseAsync("secrets.key", null, null))!.Paused);
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<Granted>(await worker.AskAsync(Call));
    }

    [Fact]
    public async Task what_a_budget_knows_is_shown()
    {
        SharedRateBudget worker = Worker(Declared);
        Assert.IsType<Granted>(await worker.AskAsync(Call));
        await worker.LearnAsync(Call, new SourceAnswer(429, new Dictionary<string, string> { ["retry-after"] = "30", ["x-ratelimit-limit"] = "9", ["x-ratelimit-remaining"] = "0", ["x-ratelimit-reset"] = "60" }));
        BudgetReport report = Assert.Single(await new BudgetLedger(new DocumentStore(Blobs), Blobs, Time).ListAsync().ToListAsync());
        BudgetScopeReport scope = Assert.Single(report.Scopes);
        // A second later than the source has told: the store's clock is known to a second only.
        Assert.Equal(("secrets.key", 1L, 1L, Time.GetUtcNow().AddSeconds(31)), (report.Credential, scope.Made, scope.Refused, scope.WaitsUntil));
        Assert.Equal(["declared", "header"], scope.Limits.Select(limit => limit.Source));
        Assert.Equal((600, 1, 599), (scope.Limits[0].Limit, scope.Limits[0].Used, scope.Limits[0].Remaining));
        Assert.Equal((9, 0, Time.GetUtcNow().AddSeconds(61)), (scope.Limits[1].Limit, scope.Limits[1].Remaining, scope.Limits[1].ResetAt));
    }
}

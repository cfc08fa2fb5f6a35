using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Budgets;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Testing;

namespace Penstock.Pipelines.Tests.Budgets;

/// <summary>One credential's budget in a memory store, a manual clock, and as many workers as a test wants.</summary>
public abstract class SharedBudgetFixture
{
    private int _workers;

    protected SharedBudgetFixture() => Blobs = new MemoryBlobStore(Time);

    protected static Call Call { get; } = new("GET", new Uri("https://api.example.com/things"), new Dictionary<string, string>());

    protected static BudgetRules Declared { get; } = new() { Policies = [new CallPolicy("all", [], [new CallRate(600, TimeSpan.FromMinutes(1))])] };

    protected ManualTimeProvider Time { get; } = new();

    protected MemoryBlobStore Blobs { get; }

    protected SharedRateBudget Worker(BudgetRules rules, IBlobStore? over = null, TimeProvider? time = null) =>
        new(new DocumentStore(over ?? Blobs), "secrets.key", rules, time ?? Time, $"worker{++_workers}");
}

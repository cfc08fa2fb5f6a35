using Penstock.Connectors.Budgets;
using Penstock.Pipelines.Ports;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Scenarios;

namespace Penstock.Simulation.Invariants;

/// <summary>
/// No call is made without a permit, nor by whom the source has asked to wait; and in the end no permit is missing. That no limit is
/// passed is seen by the source itself.
/// </summary>
public sealed class BudgetInvariant(World world, InvariantSet set) : Invariant(world, "4 quota is kept")
{
    private const string Budgets = $"{BlobAreas.State}/budgets/";
    private int _called;

    /// <summary>A worker makes a call.</summary>
    /// <param name="worker">Who.</param>
    /// <param name="isAskedToWait">Whether the source has asked it to wait.</param>
    public void Called(Worker worker, bool isAskedToWait)
    {
        _called++;
        Check(!isAskedToWait, $"{worker} calls, and the source has asked it to wait");
    }

    public override async ValueTask AtEndAsync()
    {
        if (World.Scenario is not OverHttp)
            return;
        long made = 0;
        await foreach (BlobEntry budget in World.Blobs.ListAsync(Budgets))
            made += (await set.Documents.FindAsync<BudgetState>(budget.Name))!.Value.Scopes.Values.Sum(scope => scope.Made);
        // Who dies, or can't tell what it didn't use, forfeits it.
        bool isForfeited = World.Tally.Crashes > 0 || World.Wire.Hit.Exists(name => name.StartsWith(Budgets, StringComparison.Ordinal));
        Check(isForfeited ? made >= _called : made == _called, $"{_called} calls were made, and the budget has counted {made}");
    }
}

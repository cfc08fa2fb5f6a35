using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Scenarios;

/// <summary>An operator cancels whatever run goes on, at any moment of it: what is landed is curated, and the next run reads the rest.</summary>
public sealed class CancelMidRun(Random? chance) : Scenario(chance)
{
    public override bool Cancels => true;

    public override void Begin(World world)
    {
        SourceLife.Begin(world, Chance, Shape, Duration);
        for (int i = Chance?.Next(1, 4) ?? 1; i > 0; i--)
            world.Ask(TimeSpan.FromMilliseconds(Chance?.Next(55_000, 600_000) ?? 60_001), "cancel", worker => CancelAsync(world, worker));
        // Reading takes a while, so that there is something to cancel.
        world.Wire.PageTime = TimeSpan.FromSeconds(Chance?.Next(1, 20) ?? 2);
    }

    private static async Task<bool> CancelAsync(World world, Worker worker)
    {
        await foreach (Run run in new RunLedger(world.Invariants.Documents, world.Blobs).ListAsync("sample"))
        {
            if (run.HasEnded)
                continue;
            var cancelled = new RunReference(run.Pipeline, run.Stream, run.Id);
            await worker.Get<OperateStage>().RunAsync(new CancelRun(cancelled));
            world.Expectations.Cancelled.Add(cancelled);
            return true;
        }

        return false;
    }
}

using Penstock.Pipelines.Backfills;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Runs;
using Penstock.Pipelines.Stages;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Scenarios;

/// <summary>An operator cancels whatever run goes on, at any moment of it: what is landed is curated, and the next run reads the rest.</summary>
public sealed class CancelMidRun(Random? chance) : Scenario(chance)
{
    private Backfill? _backfill;

    public override bool Cancels => true;

    public override void Begin(World world)
    {
        SourceLife.Begin(world, Chance, Shape, Duration);
        for (int i = Chance?.Next(1, 4) ?? 1; i > 0; i--)
            world.Ask(TimeSpan.FromMilliseconds(Chance?.Next(55_000, 600_000) ?? 60_001), "cancel", worker => CancelAsync(world, worker));
        if (Chance?.Next(3) == 0)
        {
            var wish = new StartBackfill(Pipeline.Name, [], Start.AddMinutes(-50), Start, "once") { Parallelism = Chance.Next(1, 4) };
            int begins = Chance.Next(0, 300);
            world.Ask(TimeSpan.FromSeconds(begins), "backfill", worker => StartAsync(worker, wish));
            world.Ask(TimeSpan.FromSeconds(begins + Chance.Next(1, 200)), "cancel the backfill", worker => CancelBackfillAsync(world, worker));
        }

        // Reading takes a while, so that there is something to cancel.
        world.Wire.PageTime = TimeSpan.FromSeconds(Chance?.Next(1, 20) ?? 2);
    }

    private async Task<bool> StartAsync(Worker worker, StartBackfill wish)
    {
        _backfill = (await worker.Get<OperateStage>().RunAsync(wish) as BackfillStarted)?.Backfill;
        return _backfill is not null;
    }

    private async Task<bool> CancelBackfillAsync(World world, Worker worker)
    {
        if (_backfill is null)
            return false;
        await worker.Get<OperateStage>().RunAsync(new CancelBackfill(_backfill.Id));
        world.Expectations.Cancelled.Add(new RunReference(Pipeline.Name, PulledStream!, _backfill.RunId));
        return true;
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

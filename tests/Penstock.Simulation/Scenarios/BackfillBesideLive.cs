using Penstock.Pipelines.Stages;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Scenarios;

/// <summary>An operator reads a past window again while live runs go on; the wish is made twice with one idempotency key.</summary>
public sealed class BackfillBesideLive(Random? chance) : Scenario(chance)
{
    public override void Begin(World world)
    {
        SourceLife.Begin(world, Chance, Shape, Duration);
        (int from, int minutes) = Chance is null ? (40, 40) : (Chance.Next(1, 60), Chance.Next(1, 60));
        var wish = new StartBackfill(Pipeline.Name, [], Start.AddMinutes(-from), Start.AddMinutes(minutes - from), "once");
        world.Expectations.Backfills.Add(wish);
        world.Ask(TimeSpan.FromSeconds(Chance?.Next(0, 300) ?? 70), "backfill", worker => StartAsync(worker, wish));
        world.Ask(TimeSpan.FromSeconds(Chance?.Next(0, 300) ?? 130), "the same backfill", worker => StartAsync(worker, wish));
    }

    private static async Task<bool> StartAsync(Worker worker, StartBackfill wish)
    {
        if (await worker.Get<OperateStage>().RunAsync(wish) is not BackfillStarted)
            throw new InvalidOperationException("The backfill was refused.");
        return true;
    }
}

using Penstock.Pipelines.Stages;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Scenarios;

/// <summary>
/// An operator reads a past window again while live runs go on; the wish is made twice with one idempotency key. Some backfills
/// are paused for a while.
/// </summary>
public sealed class BackfillBesideLive(Random? chance) : Scenario(chance)
{
    private string? _id;

    public override void Begin(World world)
    {
        SourceLife.Begin(world, Chance, Shape, Duration);
        (int from, int minutes) = Chance is null ? (40, 40) : (Chance.Next(1, 60), Chance.Next(1, 60));
        var wish = new StartBackfill(Pipeline.Name, [], Start.AddMinutes(-from), Start.AddMinutes(minutes - from), "once") { Parallelism = Chance?.Next(1, 4) ?? 1 };
        world.Ask(TimeSpan.FromSeconds(Chance?.Next(0, 300) ?? 70), "backfill", worker => StartAsync(world, worker, wish));
        world.Ask(TimeSpan.FromSeconds(Chance?.Next(0, 300) ?? 130), "the same backfill", worker => StartAsync(world, worker, wish));
        if (Chance?.Next(3) != 0)
            return;
        world.Wire.PageTime = TimeSpan.FromSeconds(Chance.Next(0, 20));
        int pause = Chance.Next(10, 400);
        world.Ask(TimeSpan.FromSeconds(pause), "pause", worker => ChangeAsync(worker, id => new PauseBackfill(id)));
        world.Ask(TimeSpan.FromSeconds(pause + Chance.Next(1, 300)), "resume", worker => ChangeAsync(worker, id => new ResumeBackfill(id)));
        // Whoever pauses late is undone in the end.
        world.Ask(Duration + TimeSpan.FromMinutes(3), "resume for good", worker => ChangeAsync(worker, id => new ResumeBackfill(id)));
    }

    private async Task<bool> StartAsync(World world, Worker worker, StartBackfill wish)
    {
        if (await worker.Get<OperateStage>().RunAsync(wish) is not BackfillStarted { Backfill: var begun })
            throw new InvalidOperationException("The backfill was refused.");
        _id = begun.Id;
        world.Expectations.Backfills.Add((wish, begun.RunId));
        return true;
    }

    private async Task<bool> ChangeAsync(Worker worker, Func<string, OperatorCommand> change) =>
        _id is not null && await worker.Get<OperateStage>().RunAsync(change(_id)) is BackfillChanged or CommandConflict;
}

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
    private bool _isResumed;

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
        world.Ask(TimeSpan.FromSeconds(pause), "pause", worker => PauseAsync(world, worker));
        world.Ask(TimeSpan.FromSeconds(pause + Chance.Next(1, 300)), "resume", ResumeAsync);
        // Whoever pauses late is undone in the end.
        world.Ask(Duration + TimeSpan.FromMinutes(3), "resume for good", ResumeAsync);
    }

    private async Task<bool> StartAsync(World world, Worker worker, StartBackfill wish)
    {
        if (await worker.Get<OperateStage>().RunAsync(wish) is not BackfillStarted { Backfill: var begun })
            throw new InvalidOperationException("The backfill was refused.");
        _id = begun.Id;
        world.Expectations.Backfills.Add((wish, begun.RunId));
        return true;
    }

    private async Task<bool> PauseAsync(World world, Worker worker)
    {
        if (_id is null)
            return false;
        OperateOutcome outcome = await worker.Get<OperateStage>().RunAsync(new PauseBackfill(_id));
        if (outcome is BackfillChanged { Backfill: var paused } && !_isResumed)
            await world.Invariants.Obedience.PausedAsync(paused.RunId);
        return outcome is BackfillChanged or CommandConflict;
    }

    private async Task<bool> ResumeAsync(Worker worker)
    {
        _isResumed = true;
        return _id is not null && await worker.Get<OperateStage>().RunAsync(new ResumeBackfill(_id)) is BackfillChanged or CommandConflict;
    }
}

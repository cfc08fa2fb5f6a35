using Penstock.Pipelines.Stages;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Scenarios;

/// <summary>
/// A quota so small that all workers together are held up by it, again and again, with clocks that disagree and workers that die
/// with permits in hand; a backfill stands back; for a while the source refuses every call, and the store of the budget may be slow.
/// </summary>
public sealed class SharedQuota(Random? chance) : OverHttp(chance, chance?.Next(3, 9) ?? 6)
{
    // Many slices of many pages, so that several workers have always something to call for.
    public override StreamShape Shape { get; } = new()
    {
        PageSize = chance?.Next(1, 3) ?? 2,
        Window = TimeSpan.FromMinutes(chance?.Next(6, 20) ?? 20),
        Lookback = TimeSpan.FromMinutes(10),
    };

    private readonly DateTimeOffset? _pausedFrom = chance?.Next(3) == 0 ? new DateTimeOffset(2026, 1, 1, 0, 1, 0, TimeSpan.Zero).AddSeconds(chance.Next(300)) : null;
    private readonly int _parallelism = chance?.Next(2, 5) ?? 2;
    private readonly TimeSpan _pause = TimeSpan.FromSeconds(chance?.Next(15, 60) ?? 0);

    public override int Workers { get; } = chance?.Next(2, 5) ?? 2;

    public override TimeSpan? Pause(DateTimeOffset now) => _pausedFrom <= now && now < _pausedFrom + _pause ? _pausedFrom + _pause - now : null;

    public override void Begin(World world)
    {
        base.Begin(world);
        world.Wire.PageTime = TimeSpan.FromMilliseconds(Chance?.Next(3) is 0 ? 0 : Chance?.Next(1, 400) ?? 0);
        world.Wire.BudgetTime = TimeSpan.FromMilliseconds(Chance?.Next(4) is 0 ? Chance.Next(1, 800) : 0);
        if (Chance?.Next(4) > 0)
            world.Ask(TimeSpan.FromSeconds(Chance.Next(0, 120)), "backfill", worker => BackfillAsync(world, worker));
    }

    private async Task<bool> BackfillAsync(World world, Worker worker)
    {
        var wish = new StartBackfill(Pipeline.Name, [], Start.AddMinutes(-50), Start, "once") { Parallelism = _parallelism };
        if (await worker.Get<OperateStage>().RunAsync(wish) is BackfillStarted { Backfill: var begun })
            world.Expectations.Backfills.Add((wish, begun.RunId));
        return true;
    }
}

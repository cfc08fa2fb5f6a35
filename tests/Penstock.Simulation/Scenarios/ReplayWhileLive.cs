using Penstock.Pipelines.Quarantine;
using Penstock.Pipelines.Replays;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Scenarios;

/// <summary>Everything that is landed is transformed again while live runs go on: nothing newer is overwritten.</summary>
public sealed class ReplayWhileLive(Random? chance) : Scenario(chance)
{
    private readonly Dictionary<string, HashSet<string>> _committed = [];

    // An operator who got no answer may leave it at that: what was begun goes on all the same.
    private readonly bool _givesUp = chance?.Next(2) == 0;

    public override void Begin(World world)
    {
        SourceLife.Begin(world, Chance, Shape, Duration);
        for (int i = 0; i < (Chance?.Next(1, 4) ?? 1); i++)
        {
            string key = $"replay {i}";
            world.Ask(TimeSpan.FromSeconds(Chance?.Next(70, 700) ?? 301), key, worker => ReplayAsync(world, worker, key));
        }

        // Records in quarantine are checked once more, beside the replays of their blobs.
        for (int i = Chance?.Next(3) ?? 1; i > 0; i--)
            world.Ask(TimeSpan.FromSeconds(Chance?.Next(70, 700) ?? 200), "replay of the quarantine", ReplayQuarantineAsync);
    }

    private async Task<bool> ReplayQuarantineAsync(Worker worker)
    {
        await worker.Get<QuarantineDesk>().ReplayAsync(new QuarantineFilter(Pipeline.Name, PulledStream));
        return true;
    }

    private async Task<bool> ReplayAsync(World world, Worker worker, string key)
    {
        // Whoever was asked may have begun it, though it failed or died: what was committed when it was first asked for counts.
        bool isAgain = _committed.TryGetValue(key, out HashSet<string>? raw);
        if (isAgain && _givesUp)
            return true;
        if (raw is null)
            raw = [.. world.Invariants.Raw.Blobs.Keys.Where(world.Invariants.Slices.IsCommitted)];
        if (raw.Count == 0 && !world.IsWell)
            return false;
        _committed[key] = raw;
        Replay begun = await worker.Get<ReplayBook>().StartAsync(new ReplayFilter(Pipeline.Name, [PulledStream!]), key)
            ?? throw new InvalidOperationException("The replay was refused.");
        world.Expectations.Replays.TryAdd(begun.Id, raw);
        return true;
    }
}

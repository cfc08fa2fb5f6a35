using Penstock.Pipelines.Messages;
using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Scenarios;

/// <summary>Everything that is landed is transformed again while live runs go on: nothing newer is overwritten.</summary>
public sealed class ReplayWhileLive(Random? chance) : Scenario(chance)
{
    public override void Begin(World world)
    {
        SourceLife.Begin(world, Chance, Shape, Duration);
        for (int i = 0; i < (Chance?.Next(1, 4) ?? 1); i++)
        {
            string replay = $"replay{i}";
            world.Ask(TimeSpan.FromSeconds(Chance?.Next(70, 700) ?? 301), replay, worker => ReplayAsync(world, worker, replay));
        }
    }

    private static async Task<bool> ReplayAsync(World world, Worker worker, string replay)
    {
        string[] raw = [.. world.Invariants.Raw.Blobs.Keys.Where(world.Invariants.Slices.IsCommitted)];
        foreach (string blob in raw)
            await worker.Get<WorkSender>().SendAsync(new TransformMessage("sample", "events", blob, replay));
        return raw.Length > 0 || world.IsWell;
    }
}

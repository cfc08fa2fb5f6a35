using Penstock.Simulation.Hosting;

namespace Penstock.Simulation.Scenarios;

/// <summary>
/// A system pushes events; batches come again from an old checkpoint, cut otherwise, and partitions are stolen while a batch is
/// being landed. Some events aren't JSON, some break the contract, and some messages in the queues are nobody's.
/// </summary>
public sealed class EventHubs(Random? chance) : Scenario(chance)
{
    private static byte[] Gone => """{"pipeline":"sample","stream":"orders","blob":"raw/sample/orders/2026/01/01/000100000-orders.0.7-8-29f851a053fecb33.jsonl.gz"}"""u8.ToArray();

    // Over midnight now and then: what was landed yesterday is looked after, too.
    public override DateTimeOffset Start { get; } = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(chance?.Next(4) == 0 ? -7 : 0);

    public override string? PulledStream => null;

    public override string? ReceivedStream => "orders";

    public override void Begin(World world)
    {
        var partitions = Enumerable.Range(0, Chance?.Next(1, 4) ?? 2).Select(id => new HubPartition(world, ReceivedStream!, $"{id}", Chance)).ToList();
        int events = Chance?.Next(4, 30) ?? 7;
        for (int i = 0; i < events; i++)
        {
            int number = i;
            TimeSpan at = Duration * (Chance?.NextDouble() ?? ((i + 0.5) / events)) * 0.9;
            // A key's events are in one partition, as with a partition key.
            int key = Chance?.Next(6) ?? i % 3;
            int kind = Chance?.Next(12) ?? number;
            int bunch = Chance?.Next(3) ?? 1;
            world.After(at, () =>
            {
                for (int n = 0; n <= bunch; n++)
                    partitions[key % partitions.Count].Send($"k{key}", isBad: kind == 3, isNoise: kind == 4);
            });
        }

        foreach (byte[] poison in new[] { """{"hello":1}"""u8.ToArray(), """{"pipeline":"sample","stream":"orders","blob":"raw/gone"}"""u8.ToArray(), Gone })
        {
            world.Invariants.Poison(poison);
            world.After(TimeSpan.FromMinutes(1), () => _ = world.Scheduler.Start(() => world.Mail.SendAsync("transform", poison, TimeSpan.Zero).AsTask()));
        }
    }
}

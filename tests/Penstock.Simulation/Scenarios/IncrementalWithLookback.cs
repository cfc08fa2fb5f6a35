namespace Penstock.Simulation.Scenarios;

/// <summary>
/// Runs every five minutes over a source that goes on changing: records come late, in bunches of one time, out of order, and
/// change while they are read.
/// </summary>
public sealed class IncrementalWithLookback(Random? chance) : Scenario(chance)
{
    public override void Begin(World world)
    {
        SourceLife.Begin(world, Chance, Shape, Duration);
        if (Chance?.Next(8) == 0)
            EmptyTheQueue(world, TimeSpan.FromSeconds(Chance.Next(60, 600)));
    }

    // It happens: a queue is emptied by mistake. What was in it is sent again.
    private static void EmptyTheQueue(World world, TimeSpan at) => world.After(at, () =>
    {
        if (world.IsWell)
            return;
        world.Expectations.MayHaveLostMessages = true;
        _ = world.Scheduler.Start(() => world.Mail.EmptyAsync(Penstock.Pipelines.Ports.QueueNames.Extract));
    });
}

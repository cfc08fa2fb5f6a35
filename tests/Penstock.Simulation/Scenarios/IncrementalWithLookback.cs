namespace Penstock.Simulation.Scenarios;

/// <summary>
/// Runs every five minutes over a source that goes on changing: records come late, in bunches of one time, out of order, and
/// change while they are read.
/// </summary>
public sealed class IncrementalWithLookback(Random? chance) : Scenario(chance)
{
    public override void Begin(World world) => SourceLife.Begin(world, Chance, Shape, Duration);
}

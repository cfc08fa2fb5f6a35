using Penstock.Simulation.Faults;
using Penstock.Simulation.Hosting;
using Penstock.Simulation.Sources;
using Penstock.Connectors.Streams;

namespace Penstock.Simulation.Scenarios;

/// <summary>
/// A stream with partitions, each with a cursor of its own; for a while the source refuses one of them for good, or only one window
/// in the middle of it. A partition may be added at any moment, also while a run is planned.
/// </summary>
public sealed class Substreams : Scenario
{
    // The cursors of the first, the second and the fourth are in one shard.
    private static readonly int[] s_projects = [0, 101, 1, 347, 2];
    private readonly string? _refused;
    private readonly DateTimeOffset _mended;
    private readonly long? _refusedMoment;

    public Substreams(Random? chance) : base(chance)
    {
        int partitions = chance?.Next(2, 6) ?? 2;
        Shape = base.Shape with
        {
            Partitions = [.. s_projects.Take(partitions).Select(n => $$"""{"project":{{n}}}""")],
            PartitionsPerStep = chance?.Next(1, 4) ?? 1,
            AddedAt = chance?.Next(2) == 0 ? Start + (Duration * chance.NextDouble()) : null,
        };
        _refused = chance?.Next(2) == 0 ? Shape.Partitions[chance.Next(partitions)] : null;
        _mended = Start + (Duration * (chance?.NextDouble() ?? 0));
        if (chance is not null && chance.Next(3) > 0)
            _refusedMoment = SourceLife.Moment(Start, chance);
    }

    public override StreamShape Shape { get; }

    public override void Begin(World world) => SourceLife.Begin(world, Chance, Shape, Duration);

    public override FaultMode RefusalOf(World world, StreamSlice slice) =>
        slice.Partition == _refused && world.Time.GetUtcNow() < _mended && IsRefused(SourceStream.Number(slice.Window!.Start), SourceStream.Number(slice.Window.End))
            ? FaultMode.Partial : FaultMode.None;

    private bool IsRefused(long start, long end) => _refusedMoment is not { } moment || (start <= moment && moment < end);
}

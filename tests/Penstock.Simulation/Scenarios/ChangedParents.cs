using Penstock.Simulation.Sources;

namespace Penstock.Simulation.Scenarios;

/// <summary>
/// Children are read only of parents that have changed since all of their children were last landed. For a while the source refuses the
/// children of one parent, which needn't change again.
/// </summary>
public sealed class ChangedParents : OverHttp
{
    private readonly string? _refused;
    private readonly DateTimeOffset _mended;

    public ChangedParents(Random? chance) : base(chance)
    {
        int projects = chance?.Next(2, 5) ?? 2;
        Shape = base.Shape with { Partitions = [.. Enumerable.Range(0, projects).Select(Partition)], IsById = false };
        _refused = chance?.Next(2) == 0 ? EventsOf(chance.Next(projects)) : null;
        _mended = Start + (Duration * (chance?.NextDouble() ?? 0));
    }

    public override StreamShape Shape { get; }

    protected override string Manifest => ApiManifest.EventsOfProjects(Shape, Quota);

    public override IReadOnlyList<SourceRecord> Query(World world, string path, long from, long to, (long Updated, string Id)? after)
    {
        if (path == "/projects")
            return world.Source.Changed(Shape.Partitions, from, to, after, Shape.PageSize);
        int project = Enumerable.Range(0, Shape.Partitions.Count).First(project => EventsOf(project) == path);
        return world.Source.Query(Shape.Partitions[project], from, to, after, Shape);
    }

    public override bool Refuses(World world, string path, long since, long until) => path == _refused && world.Time.GetUtcNow() < _mended;

    private static string EventsOf(int project) => FormattableString.Invariant($"/projects/{project}/events");

    private static string Partition(int project) => FormattableString.Invariant($$"""{"parent_slice":{},"project":"{{project}}"}""");
}

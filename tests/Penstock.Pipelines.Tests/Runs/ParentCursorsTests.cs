using Penstock.Connectors;
using Penstock.Connectors.Streams;
using Penstock.Testing.World;

namespace Penstock.Pipelines.Tests.Runs;

/// <summary>Streams whose parents are read incrementally: a parent's cursor moves when its children are landed, not before.</summary>
public class ParentCursorsTests
{
    private readonly List<string?> _states = [];
    private readonly PenstockWorld _world = new();

    public ParentCursorsTests() => _world.Stream.ReadParents = async request =>
    {
        ICursorStates? cursors = request.Cursors.ForParent("accounts");
        _states.Add(cursors is null ? "whole" : await cursors.FindAsync(StreamSlice.NoPartition));
        return [Read(["accounts"], 50), Read(["accounts", "regions"], 7)];
    };

    [Fact]
    public async Task the_next_run_reads_the_parent_from_where_its_children_are_landed()
    {
        await _world.RunUntilQuietAsync();
        Assert.Null(_states[0]);
        int before = _states.Count;
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.PlanAsync();
        Assert.Equal("""{"updated":50}""", _states[before]);
    }

    [Fact]
    public async Task a_child_that_fails_keeps_the_parents_cursor_where_it_was()
    {
        _world.Stream.Interruption = (_, at) => at == 20 ? new ReadFailed(new SourceError(SourceErrorKind.Config, "no")) : null;
        await _world.PlanAsync();
        await _world.WorkAsync();
        _world.Stream.Interruption = (_, _) => null;
        _world.Time.Advance(TimeSpan.FromMinutes(1));
        await _world.PlanAsync();
        await _world.PlanAsync();
        Assert.All(_states, Assert.Null);
    }

    [Fact]
    public async Task a_parents_parent_has_a_cursor_of_its_own()
    {
        await _world.RunUntilQuietAsync();
        var cursors = new Penstock.Pipelines.Cursors.StoredCursors(_world.Get<Penstock.Pipelines.Documents.DocumentStore>(), "sample", "numbers");
        Assert.Equal("""{"updated":50}""", await cursors.OfParent("accounts").FindAsync(StreamSlice.NoPartition));
        Assert.Equal("""{"updated":7}""", await cursors.OfParent("accounts").OfParent("regions").FindAsync(StreamSlice.NoPartition));
        Assert.Equal("""{"updated":100}""", await cursors.FindAsync(StreamSlice.NoPartition));
    }

    private static ParentRead Read(IReadOnlyList<string> path, int to) =>
        new(path, new CompleteSlice(new StreamSlice(StreamSlice.NoPartition, new SliceWindow("0", $"{to}")), $"{to - 1}"));
}

using Penstock.Connectors.Streams;

namespace Penstock.Simulation.Mutants;

/// <summary>A stream that does one thing otherwise.</summary>
public abstract class BrokenStream(IStream inner) : IStream
{
    public string Name => Inner.Name;

    public IReadOnlyList<IReadOnlyList<string>> PrimaryKey => Inner.PrimaryKey;

    public string? CursorField => Inner.CursorField;

    public ReadOnlyMemory<byte> JsonSchema => Inner.JsonSchema;

    protected IStream Inner { get; } = inner;

    public virtual IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, CancellationToken cancellationToken = default) => Inner.PlanAsync(request, cancellationToken);

    public virtual IAsyncEnumerable<ReadStep> ReadAsync(StreamSlice slice, string? position, CancellationToken cancellationToken = default) => Inner.ReadAsync(slice, position, cancellationToken);

    public IStream? Parent(string name) => Inner.Parent(name);

    public string? Greatest(string? one, string? other) => Inner.Greatest(one, other);

    public virtual string? Advance(string? cursorState, IReadOnlyList<CompleteSlice> complete) => Inner.Advance(cursorState, complete);
}

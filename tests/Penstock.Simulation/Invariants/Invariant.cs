using System.Runtime.CompilerServices;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Invariants;

/// <summary>Something that is always true, or true at the end.</summary>
/// <param name="world">The run.</param>
/// <param name="promise">Which promise it stands for.</param>
public abstract class Invariant(World world, string promise)
{
    protected World World { get; } = world;

    /// <summary>A blob was written.</summary>
    public virtual ValueTask WrittenAsync(string name) => ValueTask.CompletedTask;

    /// <summary>A blob was deleted.</summary>
    public virtual void Deleted(string name) { }

    /// <summary>A message was sent.</summary>
    public virtual void Sent(string queue, ReadOnlyMemory<byte> message) { }

    /// <summary>Records were offered to the curated store.</summary>
    public virtual ValueTask UpsertedAsync(CuratedTable table, IReadOnlyList<CuratedRecord> records) => ValueTask.CompletedTask;

    /// <summary>All is quiet.</summary>
    public virtual ValueTask AtEndAsync() => ValueTask.CompletedTask;

    /// <summary>Notes a violation unless something holds.</summary>
    protected bool Check(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref Finding how)
    {
        if (!holds)
            World.Violate(promise, how.ToString());
        return holds;
    }
}

using Penstock.Connectors.Streams;
using Penstock.Pipelines.Ports;

namespace Penstock.Simulation.Mutants;

/// <summary>
/// A deliberately broken variant of Penstock, made by standing between the stages and their ports. A simulation that doesn't
/// catch it doesn't show much.
/// </summary>
public class Mutant
{
    /// <summary>Nothing is broken.</summary>
    public static Mutant None { get; } = new();

    /// <summary>Its name as a sentence says what is broken.</summary>
    public string Name => GetType().Name;

    /// <summary>The host deletes a message before its work is done.</summary>
    public virtual bool CompletesBeforeWork => false;

    /// <summary>The host's checkpoint moves before a batch is landed.</summary>
    public virtual bool ChecksPointBeforeLanding => false;

    public virtual IBlobStore Wrap(IBlobStore blobs, World world) => blobs;

    public virtual IWorkQueue Wrap(IWorkQueue queue, World world) => queue;

    public virtual ICuratedStore Wrap(ICuratedStore curated, World world) => curated;

    public virtual IStream Wrap(IStream stream, World world) => stream;
}

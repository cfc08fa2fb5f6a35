using Penstock.Pipelines.Ids;
using Penstock.Pipelines.Memory;

namespace Penstock.Testing;

/// <summary>Every port in memory, on one manual clock, with ids from a seed.</summary>
public sealed class MemoryStores
{
    /// <summary>Makes empty stores.</summary>
    public MemoryStores(int seed = 1)
    {
        Ids = new RandomIdSource(new Random(seed));
        Blobs = new MemoryBlobStore(Time);
        Queue = new MemoryWorkQueue(Time);
    }

    public ManualTimeProvider Time { get; } = new();

    public RandomIdSource Ids { get; }

    public MemoryBlobStore Blobs { get; }

    public MemoryWorkQueue Queue { get; }

    public MemoryCuratedStore Curated { get; } = new();

    public MemorySecretStore Secrets { get; } = new();
}

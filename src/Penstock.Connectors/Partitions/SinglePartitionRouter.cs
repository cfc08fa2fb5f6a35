using System.Runtime.CompilerServices;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Partitions;

/// <summary>The one partition of a stream that isn't partitioned.</summary>
internal sealed class SinglePartitionRouter : IPartitionRouter
{
    public static SinglePartitionRouter Instance { get; } = new();

    public IEnumerable<IRequestOptions> Options => [];

    public bool HasParents => false;

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield return new SlicesPlanned([StreamSlice.Whole], null);
    }
}

using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Partitions;

/// <summary>Lists a stream's partitions, and puts a partition's values into requests.</summary>
public interface IPartitionRouter
{
    /// <summary>
    /// Lists partitions, as slices without windows, in batches. Like a stream's plan it can be taken up again from a position.
    /// </summary>
    /// <param name="request">The position, and the cursors of parents that are read incrementally.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, CancellationToken cancellationToken = default);

    /// <summary>What the router adds to requests; of two that set the same field the later wins.</summary>
    IEnumerable<IRequestOptions> Options => [];

    /// <summary>True if the number of partitions is up to the source.</summary>
    bool HasParents => true;
}

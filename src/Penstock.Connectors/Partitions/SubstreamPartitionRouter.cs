using System.Runtime.CompilerServices;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.Partitions;

/// <summary>
/// One partition for each record of the parent streams. Parents are read page by page and planning can go on after each page, so
/// that memory depends on the page size only.
/// </summary>
internal sealed class SubstreamPartitionRouter(IReadOnlyList<ParentStream> parents) : IPartitionRouter
{
    public IReadOnlyList<ParentStream> Parents => parents;

    public IEnumerable<IRequestOptions> Options => parents.Select(parent => parent.Option).OfType<IRequestOptions>();

    public bool HasParents => true;

    /// <summary>Whether parents' records hold the first page of their children.</summary>
    public bool GivesResponses => parents.Any(parent => parent.Response is not null);

    public async IAsyncEnumerable<PlanStep> PlanAsync(PlanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var position = ParentPosition.Read(request.Position);
        while (position.Parent < parents.Count)
        {
            var next = position.Parent + 1 < parents.Count ? new ParentPosition(position.Parent + 1).Write() : null;
            await foreach (var step in parents[position.Parent].PlanAsync(request, position, cancellationToken))
            {
                yield return step is SlicesPlanned { NextPosition: null } last ? last with { NextPosition = next } : step;
                if (step is not SlicesPlanned) yield break;
            }

            position = new ParentPosition(position.Parent + 1);
        }
    }
}

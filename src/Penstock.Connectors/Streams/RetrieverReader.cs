using Penstock.Connectors.Components;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Retrieval.Jobs;

namespace Penstock.Connectors.Streams;

/// <summary>Builds a stream's retriever.</summary>
internal static class RetrieverReader
{
    /// <param name="owner">What the retriever is for: a stream, mostly.</param>
    /// <param name="retriever">The retriever.</param>
    /// <param name="parts">What the stream gives.</param>
    /// <param name="stream">Builds a stream, for retrievers of one's own.</param>
    public static IRetriever? Read(ManifestNode owner, ManifestNode retriever, RetrieverParts parts, Func<ManifestNode, IStream?> stream)
    {
        if (CustomComponent.Is(retriever))
            return CustomComponent.Make<IRetriever>(retriever, parts.Connector, other => Read(owner, other, parts, stream), stream);
        return retriever.Type == "AsyncRetriever"
            ? AsyncRetriever.Read(retriever, owner.List("transformations"), parts)
            : SimpleRetriever.Read(retriever, owner.List("transformations"), parts);
    }
}

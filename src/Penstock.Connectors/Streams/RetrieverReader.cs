using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Retrieval.Jobs;

namespace Penstock.Connectors.Streams;

/// <summary>Builds a stream's retriever.</summary>
internal static class RetrieverReader
{
    public static IRetriever? Read(ManifestNode owner, ManifestNode retriever, RetrieverParts parts) => retriever.Type == "AsyncRetriever"
        ? AsyncRetriever.Read(retriever, owner.List("transformations"), parts)
        : SimpleRetriever.Read(retriever, owner.List("transformations"), parts);
}

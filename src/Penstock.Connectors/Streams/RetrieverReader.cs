using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Streams;

/// <summary>Builds a stream's retriever.</summary>
internal static class RetrieverReader
{
    public static IRetriever? Read(ManifestNode owner, ManifestNode retriever, RetrieverParts parts) => SimpleRetriever.Read(retriever, owner.List("transformations"), parts);
}

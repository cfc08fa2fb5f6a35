using Penstock.Connectors.Manifests;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors.DynamicStreams;

/// <summary>What looking for a dynamic stream's streams gave.</summary>
internal abstract record DynamicStreamsResult;

/// <summary>The streams, put together from the template.</summary>
/// <param name="Streams">Nodes like those that the manifest spells out.</param>
internal sealed record StreamsFound(IReadOnlyList<ManifestNode> Streams) : DynamicStreamsResult;

/// <summary>The source couldn't be asked.</summary>
/// <param name="Error">What went wrong.</param>
/// <param name="Until">When to try again; null if waiting doesn't help.</param>
internal sealed record StreamsNotFound(SourceError Error, DateTimeOffset? Until = null) : DynamicStreamsResult;

using Penstock.Connectors.Manifests;

namespace Penstock.Connectors;

/// <summary>What loading a manifest gave.</summary>
/// <param name="Problems">Everything that is wrong or odd, in the order of finding.</param>
public abstract record LoadResult(IReadOnlyList<BuildProblem> Problems);

/// <summary>The manifest is loaded. Streams with errors among the problems are blocked; the others run.</summary>
/// <param name="Connector">The connector.</param>
/// <param name="Problems">Everything that is wrong or odd.</param>
public sealed record ConnectorLoaded(Connector Connector, IReadOnlyList<BuildProblem> Problems) : LoadResult(Problems);

/// <summary>The text is no manifest.</summary>
/// <param name="Problems">Why not.</param>
public sealed record ConnectorNotLoaded(IReadOnlyList<BuildProblem> Problems) : LoadResult(Problems);

using Penstock.Connectors.Configs;
using Penstock.Connectors.Streams;

namespace Penstock.Connectors;

/// <summary>What binding a connector to a config gave.</summary>
public abstract record OpenResult
{
    private protected OpenResult() { }
}

/// <summary>The connector is bound to the config.</summary>
/// <param name="Source">The bound source.</param>
public sealed record ConnectorOpened(ConnectorSource Source) : OpenResult;

/// <summary>The config doesn't fit the connector.</summary>
/// <param name="Problems">Everything that is wrong with it.</param>
public sealed record ConfigRefused(IReadOnlyList<ConfigProblem> Problems) : OpenResult;

/// <summary>The source had to be asked which streams it has, and that failed or must wait.</summary>
/// <param name="Error">What went wrong.</param>
/// <param name="Until">When to try again; null if waiting doesn't help.</param>
public sealed record StreamsUnknown(SourceError Error, DateTimeOffset? Until) : OpenResult;

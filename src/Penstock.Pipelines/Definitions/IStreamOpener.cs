using Penstock.Connectors.Streams;

namespace Penstock.Pipelines.Definitions;

/// <summary>Binds a pulled stream to its connector, config, secrets and budget.</summary>
public interface IStreamOpener
{
    /// <summary>Opens a stream for planning and reading.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="stream">The name of one of its pulled streams.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    ValueTask<StreamOpening> OpenAsync(Pipeline pipeline, string stream, CancellationToken cancellationToken = default);
}

/// <summary>What became of opening a stream.</summary>
public abstract record StreamOpening
{
    private protected StreamOpening() { }
}

/// <summary>The stream can be read.</summary>
/// <param name="Stream">The stream.</param>
public sealed record StreamOpened(IStream Stream) : StreamOpening;

/// <summary>The stream can't be read: a secret is missing, the config is wrong, a component isn't known.</summary>
/// <param name="Problems">What is wrong, at least one.</param>
public sealed record StreamUnavailable(IReadOnlyList<DefinitionProblem> Problems) : StreamOpening;

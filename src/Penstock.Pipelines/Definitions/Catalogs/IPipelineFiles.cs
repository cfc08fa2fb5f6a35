namespace Penstock.Pipelines.Definitions.Catalogs;

/// <summary>Where the files of pipelines lie: <c>NAME/pipeline.yaml</c> and what it names.</summary>
public interface IPipelineFiles
{
    /// <summary>Lists the files of one pipeline, or of all; a name that isn't a pipeline's has no files.</summary>
    /// <param name="pipeline">The pipeline's name, or null for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    ValueTask<IReadOnlyList<PipelineFile>> ListAsync(string? pipeline, CancellationToken cancellationToken = default);

    /// <summary>Gives a file's bytes, or null if there is none.</summary>
    /// <param name="path">The path as in <see cref="PipelineFile.Path"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default);
}

/// <summary>A file of a pipeline.</summary>
/// <param name="Path">Its path from the pipelines' folder, parts joined by <c>/</c>.</param>
/// <param name="Stamp">Changes when the file changes.</param>
public sealed record PipelineFile(string Path, string Stamp);

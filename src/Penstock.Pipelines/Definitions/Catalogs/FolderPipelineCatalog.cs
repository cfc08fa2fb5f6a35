namespace Penstock.Pipelines.Definitions.Catalogs;

/// <summary>The pipelines of a folder. Every question looks at the files again; only changed pipelines are read again.</summary>
/// <param name="folder">The folder that holds one folder a pipeline; it needn't exist.</param>
public sealed class FolderPipelineCatalog(string folder)
    : PipelineCatalog(new FolderPipelineFiles(folder), TimeProvider.System, TimeSpan.Zero);

/// <summary>Files in a folder.</summary>
/// <param name="folder">The folder that holds one folder a pipeline.</param>
internal sealed class FolderPipelineFiles(string folder) : IPipelineFiles
{
    public ValueTask<IReadOnlyList<PipelineFile>> ListAsync(string? pipeline, CancellationToken cancellationToken = default)
    {
        var root = new DirectoryInfo(folder);
        IEnumerable<DirectoryInfo> folders = !root.Exists ? []
            : pipeline is null ? root.EnumerateDirectories().Where(one => !one.Name.StartsWith('.'))
            : root.EnumerateDirectories(pipeline).Where(one => one.Name == pipeline);
        return ValueTask.FromResult<IReadOnlyList<PipelineFile>>([.. folders
            .SelectMany(one => one.EnumerateFiles("*", SearchOption.AllDirectories))
            .Select(file => new PipelineFile(
                Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), $"{file.LastWriteTimeUtc.Ticks}-{file.Length}"))]);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        string file = Path.Combine(folder, path);
        return File.Exists(file) ? (ReadOnlyMemory<byte>?)await File.ReadAllBytesAsync(file, cancellationToken) : null;
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders;

/// <summary>
/// Blobs as files: <c>{folder}/{area}/{path}</c>, as they are. Safe for many threads and processes, and against their death at any
/// moment. Listing holds the names of one folder at a time.
/// </summary>
public sealed class FolderBlobStore : IBlobStore
{
    // Each read of a file is handed to another thread and back, which costs more than what it reads if that is little.
    private const int ReadAhead = 64 * 1024;

    private readonly DataFolder _folder;
    private readonly TimeProvider _time;

    /// <summary>Uses a folder; makes it if need be.</summary>
    /// <param name="folder">The data folder, shared with the other folder stores.</param>
    /// <param name="time">Tells when a blob was last written.</param>
    /// <exception cref="IOException">The folder can't be made; the message says why and what to do.</exception>
    public FolderBlobStore(string folder, TimeProvider time) => (_folder, _time) = (new DataFolder(folder, "blobs"), time);

    /// <inheritdoc/>
    public async ValueTask<Blob?> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        using SafeFileHandle? handle = Open(FilePath(name));
        if (handle is null)
            return null;
        byte[] content = new byte[RandomAccess.GetLength(handle)];
        for (int read = 0; read < content.Length;)
        {
            int more = await RandomAccess.ReadAsync(handle, content.AsMemory(read), read, cancellationToken);
            read += more > 0 ? more : throw new EndOfStreamException($"The blob '{name}' was cut off while it was read, by something else than Penstock.");
        }

        return new Blob(content, FileVersion.Of(File.GetLastWriteTimeUtc(handle), content.Length));
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<Stream?>(Open(FilePath(name)) is { } handle ? new FileStream(handle, FileAccess.Read, ReadAhead) : null);

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        PutAsync(name, content, null, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PutOutcome> PutIfMatchAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellationToken = default) =>
        PutAsync(name, content, etag, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (area, path) = PortArguments.BlobPrefix(prefix);
        foreach (var (name, file) in FolderListing.Walk(Path.Combine(_folder.Root, area), path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var info = new FileInfo(file);
            if (info.Exists)
                yield return new BlobEntry($"{area}/{name}", info.Length, FileVersion.Of(info.LastWriteTimeUtc, info.Length), new DateTimeOffset(info.LastWriteTimeUtc));
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellationToken = default)
    {
        string path = FilePath(name);
        using FolderLock held = await _folder.LockAsync(name, cancellationToken);
        if (FileVersion.Of(path) is not { } found || (etag is not null && found != etag))
            return false;
        return await FolderErrors.ExplainAsync(path, () =>
        {
            File.Delete(path);
            DeleteEmptyFolders(Path.GetDirectoryName(path)!);
            return Task.FromResult(true);
        });
    }

    private async ValueTask<PutOutcome> PutAsync(string name, ReadOnlyMemory<byte> content, string? etag, CancellationToken cancellationToken)
    {
        string path = FilePath(name);
        using FolderLock held = await _folder.LockAsync(name, cancellationToken);
        if (FileVersion.Of(path) != etag)
            return PutConflict.Instance;
        return await FolderErrors.ExplainAsync(path, async () =>
            new Stored(await _folder.ReplaceAsync(path, content, held.NextTime(_time), cancellationToken)));
    }

    private string FilePath(string name)
    {
        var (area, path) = PortArguments.BlobName(name);
        return Path.Combine(_folder.Root, area, FolderNames.FilePath(path));
    }

    private static SafeFileHandle? Open(string path)
    {
        try
        {
            return FolderErrors.Explain(path, () => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void DeleteEmptyFolders(string folder)
    {
        for (; folder.Length > _folder.Root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                return; // Not empty, or somebody else deleted it.
            }
        }
    }
}

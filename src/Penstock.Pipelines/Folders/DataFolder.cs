using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders;

/// <summary>
/// The folder that the local stores share. <c>.penstock</c> holds what is not data: half-written files (<c>tmp</c>), locks, and the
/// versions of curated records.
/// </summary>
internal sealed class DataFolder
{
    private const int LockCount = 64;
    private static readonly TimeSpan s_abandoned = TimeSpan.FromHours(1);
    private readonly SemaphoreSlim[] _threads = [.. Enumerable.Range(0, LockCount).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly string _temporary;
    private readonly string _locks;

    /// <param name="path">The folder; made if need be.</param>
    /// <param name="locks">Whose locks to take: what one store does for long must not hold up another.</param>
    public DataFolder(string path, string locks)
    {
        Root = Path.GetFullPath(path);
        _temporary = Path.Combine(Root, ".penstock", "tmp");
        _locks = Path.Combine(Root, ".penstock", "locks", locks);
        FolderErrors.Explain(Root, () =>
        {
            Directory.CreateDirectory(_temporary);
            Directory.CreateDirectory(_locks);
            DeleteAbandoned();
            return true;
        });
    }

    /// <summary>The full path.</summary>
    public string Root { get; }

    /// <summary>A new path for a file that isn't whole yet, on the same file system as the data.</summary>
    public string TemporaryPath() => Path.Combine(_temporary, Path.GetRandomFileName());

    /// <summary>Locks what a name stands for; names may share a lock.</summary>
    public Task<FolderLock> LockAsync(string name, CancellationToken cancellationToken)
    {
        int index = StableHash.Of(name, LockCount);
        return FolderLock.TakeAsync(_threads[index], Path.Combine(_locks, $"{index:D2}"), cancellationToken);
    }

    /// <summary>
    /// Puts a file in place, whole: who reads sees the old or the new one, also if the process dies on the way. After a loss of
    /// power it is the old or the new one too, as far as the file system keeps its journal.
    /// </summary>
    public async Task<string> ReplaceAsync(string path, ReadOnlyMemory<byte> content, DateTime? modified, CancellationToken cancellationToken)
    {
        string temporary = TemporaryPath();
        try
        {
            string etag;
            using (var handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous, content.Length))
            {
                await RandomAccess.WriteAsync(handle, content, 0, cancellationToken);
                if (modified is { } time)
                    File.SetLastWriteTimeUtc(handle, time);
                RandomAccess.FlushToDisk(handle);
                etag = FileVersion.Of(File.GetLastWriteTimeUtc(handle), content.Length);
            }

            Move(temporary, path);
            return etag;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Renames a file, over another one if there is one, and makes its folder.</summary>
    public static void Move(string from, string to)
    {
        for (int attempt = 0; ; attempt++)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            try
            {
                File.Move(from, to, overwrite: true);
                return;
            }
            catch (DirectoryNotFoundException) when (attempt < 5)
            {
                // Another process deleted the folder because it was empty.
            }
        }
    }

    // What a killed process left half-written. Nobody writes a file for an hour.
    private void DeleteAbandoned()
    {
        DateTime limit = TimeProvider.System.GetUtcNow().UtcDateTime - s_abandoned;
        foreach (FileInfo file in new DirectoryInfo(_temporary).EnumerateFiles().Where(file => file.LastWriteTimeUtc < limit))
            file.Delete();
    }
}

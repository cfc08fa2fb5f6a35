namespace Penstock.Pipelines.Folders;

/// <summary>
/// A lock that holds against other threads and other processes: an exclusively opened file. The system lets go of it when the
/// process dies, however it dies. It needs a file system that locks files (a local one; some network shares don't).
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const int SharingViolationWindows = unchecked((int)0x80070020);
    private const int WouldBlockLinux = 11, WouldBlockMac = 35;
    private readonly SemaphoreSlim _threads;
    private readonly FileStream _file;

    private FolderLock(SemaphoreSlim threads, FileStream file) => (_threads, _file) = (threads, file);

    /// <summary>Waits for the lock.</summary>
    /// <param name="threads">Keeps this process's own threads from polling the file against each other.</param>
    /// <param name="path">The file; it stays.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<FolderLock> TakeAsync(SemaphoreSlim threads, string path, CancellationToken cancellationToken)
    {
        await threads.WaitAsync(cancellationToken);
        try
        {
            for (int wait = 1; ; wait = Math.Min(wait * 2, 16))
            {
                if (TryOpen(path) is { } file)
                    return new FolderLock(threads, file);
                await Task.Delay(wait, cancellationToken);
            }
        }
        catch
        {
            threads.Release();
            throw;
        }
    }

    /// <summary>
    /// Gives a time later than any that was given under this lock: the clock's, or a tick after the last one. It makes a file's
    /// time of modification a version, also where a clock stands still or goes back.
    /// </summary>
    public DateTime NextTime(TimeProvider time)
    {
        Span<byte> last = stackalloc byte[sizeof(long)];
        long ticks = time.GetUtcNow().UtcTicks;
        if (RandomAccess.Read(_file.SafeFileHandle, last, 0) == last.Length)
            ticks = Math.Max(ticks, BitConverter.ToInt64(last) + 1);
        BitConverter.TryWriteBytes(last, ticks);
        RandomAccess.Write(_file.SafeFileHandle, last, 0);
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    public void Dispose()
    {
        _file.Dispose();
        _threads.Release();
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (exception.HResult is SharingViolationWindows or WouldBlockLinux or WouldBlockMac)
        {
            return null;
        }
    }
}

namespace Penstock.Cli.Local;

/// <summary>
/// The right to work on a data folder alone. The system lets go of it when the process dies, however it dies; so whoever holds
/// it knows that every lease in the folder is that of a dead process.
/// </summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or gives null if another process holds it.</summary>
    /// <exception cref="IOException">The folder can't be made; the message says what to do.</exception>
    public static DataLock? TryTake(string data)
    {
        string folder = Path.Combine(data, ".penstock");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder '{data}' can't be made or written. Choose another one with --data DIR.", e);
        }

        try
        {
            return new DataLock(new FileStream(Path.Combine(folder, "in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}

namespace Penstock.Pipelines.Folders;

/// <summary>Says what is wrong with a disk, where, and what to do about it.</summary>
internal static class FolderErrors
{
    private const int DiskFullWindows = unchecked((int)0x80070070);
    private const int DiskFullUnix = 28, QuotaLinux = 122, QuotaMac = 69, ReadOnlyUnix = 30;

    /// <summary>Runs an action on a path and explains what the file system refuses.</summary>
    public static async Task<T> ExplainAsync<T>(string path, Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (Exception exception) when (Advice(exception, path) is { } advice)
        {
            throw new IOException(advice, exception);
        }
    }

    /// <summary>Runs an action on a path and explains what the file system refuses.</summary>
    public static T Explain<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (Advice(exception, path) is { } advice)
        {
            throw new IOException(advice, exception);
        }
    }

    private static string? Advice(Exception exception, string path) => exception switch
    {
        UnauthorizedAccessException =>
            $"Permission denied at '{path}'. Let the user who runs Penstock read and write this folder, or choose another data folder.",
        IOException { HResult: DiskFullWindows or DiskFullUnix or QuotaLinux or QuotaMac } =>
            $"The disk is full, or its quota used up: '{path}' could not be written and is as it was. Free some space, or choose another data folder; work that was under way is tried again.",
        IOException { HResult: ReadOnlyUnix } => $"The file system of '{path}' is read-only. Choose another data folder.",
        _ => null,
    };
}

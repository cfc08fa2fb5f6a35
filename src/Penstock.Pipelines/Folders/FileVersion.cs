namespace Penstock.Pipelines.Folders;

/// <summary>A file's ETag: its time of modification, which <see cref="FolderLock.NextTime"/> makes unique, and its size.</summary>
internal static class FileVersion
{
    public static string Of(DateTime modified, long length) => $"{modified.Ticks:x}-{length:x}";

    public static string? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? Of(file.LastWriteTimeUtc, file.Length) : null;
    }
}

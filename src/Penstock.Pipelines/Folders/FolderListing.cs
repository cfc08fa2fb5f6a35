namespace Penstock.Pipelines.Folders;

/// <summary>Walks the files of a folder in the ordinal order of the names that they stand for.</summary>
internal static class FolderListing
{
    /// <summary>Gives the blob paths that begin with a prefix, each with its file, which may be gone meanwhile.</summary>
    public static IEnumerable<(string Name, string File)> Walk(string folder, string prefix) => Walk(folder, "", prefix);

    private static IEnumerable<(string Name, string File)> Walk(string folder, string before, string prefix)
    {
        foreach (var (text, component, isFolder) in Entries(folder, before, prefix))
        {
            string path = Path.Combine(folder, component), name = before + text;
            if (!isFolder)
                yield return (name, path);
            else
            {
                foreach (var found in Walk(path, name, prefix))
                    yield return found;
            }
        }
    }

    // A folder sorts as its name with the slash (a-b, a.b, a/b), a folder in which a long segment goes on as its name without.
    private static List<(string Text, string Component, bool IsFolder)> Entries(string folder, string before, string prefix)
    {
        var entries = new List<(string Text, string Component, bool IsFolder)>();
        try
        {
            foreach (FileSystemInfo info in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                bool isFolder = info is DirectoryInfo;
                if (FolderNames.Decode(info.Name, isFolder) is { } text && MayHold(before + text, isFolder, prefix))
                    entries.Add((text, info.Name, isFolder));
            }
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Text, b.Text));
        return entries;
    }

    private static bool MayHold(string name, bool isFolder, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) || (isFolder && prefix.StartsWith(name, StringComparison.Ordinal));
}

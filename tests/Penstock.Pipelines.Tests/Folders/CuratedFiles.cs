namespace Penstock.Pipelines.Tests.Folders;

internal static class CuratedFiles
{
    /// <summary>The curated files of a data folder: relative path and content.</summary>
    public static SortedDictionary<string, string> Read(string folder)
    {
        string curated = Path.Combine(folder, "curated");
        return new SortedDictionary<string, string>(
            Directory.EnumerateFiles(curated, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(curated, file), File.ReadAllText),
            StringComparer.Ordinal);
    }
}

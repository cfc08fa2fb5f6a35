namespace Penstock.Connectors.Tests;

/// <summary>
/// Material of others that lies beside the repository on some machines and is never part of it. Tests that read it are
/// theories over the files that are there, next to files of our own: where there are none, nothing is claimed.
/// </summary>
internal static class SharedFolder
{
    /// <summary>The files of a folder beside the repository; none if it isn't there.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        if (Root() is not { } root) return [];
        var path = Path.GetFullPath(Path.Combine(root, "..", "shared", folder));
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal) : [];
    }

    /// <summary>A file of the repository.</summary>
    public static string InRepository(string path) => Path.Combine(Root() ?? throw new InvalidOperationException("The tests don't run inside the repository."), path);

    private static string? Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Functions.sln"))) return folder.FullName;
        return null;
    }
}

namespace Penstock.Functions.Tests;

/// <summary>Where the repository lies: the folder above the tests that has the solution.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' has Functions.sln."),
        _ when File.Exists(System.IO.Path.Combine(folder.FullName, "Functions.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}

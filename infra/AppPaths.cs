namespace Penstock.Infra;

/// <summary>Where the program's files are.</summary>
internal static class AppPaths
{
    /// <summary>The folder with <c>Pulumi.yaml</c>: the one above that has it, from here or from where the program lies.</summary>
    public static string Infra()
    {
        foreach (string start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                foreach (string candidate in new[] { folder.FullName, Path.Combine(folder.FullName, "infra") })
                {
                    if (File.Exists(Path.Combine(candidate, "Pulumi.yaml")))
                        return candidate;
                }
            }
        }

        throw new FileNotFoundException("There is no Pulumi.yaml: run this in the repository.");
    }
}

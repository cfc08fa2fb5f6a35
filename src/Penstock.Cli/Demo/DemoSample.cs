using Penstock.Cli.CommandLine;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Definitions.Catalogs;

namespace Penstock.Cli.Demo;

/// <summary>Puts the sample pipeline among the user's, if there is none of its name, so that it can be changed and used like any other.</summary>
/// <param name="surroundings">Where the user is.</param>
internal sealed class DemoSample(Surroundings surroundings)
{
    /// <summary>The folder that the pipeline is in, or will be.</summary>
    public string Folder { get; } = Path.Combine(surroundings.FullPath("pipelines"), DemoPipeline.Name);

    /// <summary>Gives the user's pipeline; null if there is no sample.</summary>
    /// <returns>Whether it is the sample as it came, too.</returns>
    public async ValueTask<(PipelineEntry? Entry, bool IsUnchanged)> FindAsync(CancellationToken cancellationToken)
    {
        string sample = Path.Combine(surroundings.Samples, DemoPipeline.Name);
        if (!Directory.Exists(Folder) && Directory.Exists(sample))
            Copy(sample);
        bool isUnchanged = Files(sample).All(file => IsSame(Path.Combine(sample, file), Path.Combine(Folder, file)));
        return (await new FolderPipelineCatalog(Path.GetDirectoryName(Folder)!).FindAsync(DemoPipeline.Name, cancellationToken), isUnchanged);
    }

    private void Copy(string sample)
    {
        foreach (string file in Files(sample))
        {
            string copy = Path.Combine(Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(sample, file), copy);
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)) : [];

    private static bool IsSame(string one, string other) => File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));
}

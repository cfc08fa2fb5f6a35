namespace Penstock.Pipelines.Definitions.Yaml;

/// <summary>Gathers what is wrong in one file.</summary>
internal sealed class Problems(string file, List<DefinitionProblem> all)
{
    public string File { get; } = file;

    /// <summary>How many it has.</summary>
    public int Count { get; private set; }

    public void Add(int line, string path, string message, string fix)
    {
        Count++;
        all.Add(new(File, line, path, message, fix));
    }
}

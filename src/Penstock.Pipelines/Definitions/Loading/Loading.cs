using Penstock.Pipelines.Definitions.Catalogs;
using Penstock.Pipelines.Definitions.Yaml;

namespace Penstock.Pipelines.Definitions.Loading;

/// <summary>One pipeline that is being loaded: its files, what is wrong in them so far, and the secrets they name.</summary>
internal sealed class Loading
{
    public Loading(string name, IPipelineFiles files)
    {
        Folder = new(name, files);
        Problems = ProblemsOf(PipelineLoader.FileName);
    }

    public PipelineFolder Folder { get; }

    /// <summary>The problems of the pipeline's own file.</summary>
    public Problems Problems { get; }

    /// <summary>The problems of all files.</summary>
    public List<DefinitionProblem> All { get; } = [];

    public List<SecretReference> Secrets { get; } = [];

    public Problems ProblemsOf(string file) => new(Folder.PathOf(file), All);
}

namespace Penstock.Pipelines.Definitions;

/// <summary>The pipelines that are deployed. A broken one doesn't hide its neighbours.</summary>
public interface IPipelineCatalog
{
    /// <summary>Every pipeline, the broken ones included, in order of their names.</summary>
    ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One pipeline, or null if there is none of that name.</summary>
    ValueTask<PipelineEntry?> FindAsync(string name, CancellationToken cancellationToken = default);
}

/// <summary>A pipeline of the catalogue, usable or broken.</summary>
/// <param name="Name">The pipeline's name.</param>
public abstract record PipelineEntry(string Name);

/// <summary>A pipeline that can run.</summary>
/// <param name="Pipeline">The pipeline.</param>
public sealed record UsablePipeline(Pipeline Pipeline) : PipelineEntry(Pipeline.Name);

/// <summary>A pipeline that can't.</summary>
/// <param name="Name">The name of its folder.</param>
/// <param name="Problems">What is wrong, at least one.</param>
public sealed record BrokenPipeline(string Name, IReadOnlyList<DefinitionProblem> Problems) : PipelineEntry(Name)
{
    /// <summary>The places that name secrets, as far as they could be read.</summary>
    public IReadOnlyList<SecretReference> Secrets { get; init; } = [];
}

/// <summary>What is wrong in a file, where, and how to mend it.</summary>
/// <param name="File">The file, relative to the pipelines' folder.</param>
/// <param name="Line">The line, from 1; 0 if no line is to blame.</param>
/// <param name="Path">The path in the file, for example <c>streams[0].key</c>; empty for the whole file.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do.</param>
public sealed record DefinitionProblem(string File, int Line, string Path, string Message, string Fix)
{
    /// <summary><c>file:line: path: message fix</c>, as compilers write it.</summary>
    public override string ToString() =>
        $"{File}{(Line > 0 ? $":{Line}" : "")}: {(Path.Length > 0 ? $"{Path}: " : "")}{Message} {Fix}".TrimEnd();
}

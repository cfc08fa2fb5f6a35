using Penstock.Pipelines.Definitions;

namespace Penstock.Cli.Local;

/// <summary>A catalogue of one pipeline that no schedule starts: only what was asked for runs.</summary>
/// <param name="pipeline">The pipeline.</param>
internal sealed class OnePipeline(Pipeline pipeline) : IPipelineCatalog
{
    private readonly UsablePipeline _entry = new(pipeline with { Schedule = null, Paused = false });

    public ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<IReadOnlyList<PipelineEntry>>([_entry]);

    public ValueTask<PipelineEntry?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<PipelineEntry?>(name == _entry.Name ? _entry : SystemPipeline.Is(name) ? SystemPipeline.Entry : null);
}

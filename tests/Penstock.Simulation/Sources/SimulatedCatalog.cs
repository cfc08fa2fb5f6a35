using Penstock.Pipelines.Definitions;

namespace Penstock.Simulation.Sources;

/// <summary>The deployed pipelines: one, which a scenario may change, pause or break.</summary>
public sealed class SimulatedCatalog(Pipeline pipeline, TimeProvider time) : IPipelineCatalog
{
    public Pipeline Pipeline
    {
        get;
        set
        {
            PausedSince = value.Paused ? PausedSince ?? time.GetUtcNow() : null;
            field = value;
        }
    } = pipeline;

    /// <summary>Since when the file says that it is paused; null if it isn't.</summary>
    public DateTimeOffset? PausedSince { get; private set; }

    public bool IsBroken { get; set; }

    public ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<PipelineEntry>>([Entry]);

    public ValueTask<PipelineEntry?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(name == Pipeline.Name ? Entry : null);

    private PipelineEntry Entry => IsBroken
        ? new BrokenPipeline(Pipeline.Name, [new DefinitionProblem(Pipeline.File, 1, "", "It is broken.", "Mend it.")])
        : new UsablePipeline(Pipeline);
}

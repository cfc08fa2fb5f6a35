using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;

namespace Penstock.Testing.World;

/// <summary>One pipeline that pulls a scripted stream each minute and receives another.</summary>
public sealed class ScriptedPipelines(IStream source) : IPipelineCatalog, IStreamOpener
{
    public Pipeline Pipeline { get; set; } = new()
    {
        Name = "sample",
        Schedule = new Every(TimeSpan.FromMinutes(1)),
        Streams =
        [
            new PipelineStream { Name = "numbers", Key = ["id"], Version = "updated" },
            new PipelineStream { Name = "orders", Key = ["id"], Version = "updated", Reception = new Reception("orders", null) },
        ],
    };

    /// <summary>Given instead of the stream, to play a missing secret.</summary>
    public StreamUnavailable? Unavailable { get; set; }

    /// <summary>Given instead of the pipeline, to play a broken file.</summary>
    public BrokenPipeline? Broken { get; set; }

    public ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<PipelineEntry>>([Entry]);

    public ValueTask<PipelineEntry?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(name == Pipeline.Name ? Entry : SystemPipeline.Is(name) ? SystemPipeline.Entry : null);

    public ValueTask<StreamOpening> OpenAsync(Pipeline pipeline, string stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<StreamOpening>(Unavailable is null ? new StreamOpened(source) : Unavailable);

    private PipelineEntry Entry => Broken is null ? new UsablePipeline(Pipeline) : Broken;
}

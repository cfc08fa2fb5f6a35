using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Operating;

namespace Penstock.Http.Operate;

/// <summary>The pipelines as they are operated: paused by their file or by an operator.</summary>
/// <param name="catalog">The pipelines as their files say them.</param>
/// <param name="pauses">What operators said.</param>
public sealed class OperatedPipelines(IPipelineCatalog catalog, PauseBook pauses)
{
    /// <summary>Every pipeline.</summary>
    public async ValueTask<IReadOnlyList<PipelineEntry>> ListAsync(CancellationToken cancellationToken)
    {
        var paused = await pauses.PausedAsync(cancellationToken);
        var entries = await catalog.ListAsync(cancellationToken);
        return paused.Count == 0 ? entries : [.. entries.Select(entry => Of(entry, paused.Contains(entry.Name)))];
    }

    /// <summary>Shows an entry as it is operated.</summary>
    public static PipelineEntry Of(PipelineEntry entry, bool isPaused) =>
        isPaused && entry is UsablePipeline { Pipeline: var pipeline } ? new UsablePipeline(pipeline with { Paused = true }) : entry;
}

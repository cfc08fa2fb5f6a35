using Penstock.Connectors.Streams;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Refreshes;

namespace Penstock.Pipelines.Runs;

/// <summary>Has a complete run compared with what came before it, if its stream asks for that (<c>deletes: { missing: true }</c>).</summary>
/// <param name="documents">Where runs are kept.</param>
/// <param name="catalog">The pipelines.</param>
/// <param name="difference">Compares.</param>
public sealed class RunRefresh(DocumentStore documents, IPipelineCatalog catalog, RefreshDifference difference)
{
    /// <summary>Compares a run whose slices are all landed, one pass at a time; false if it can't be done now, or there is another pass to do.</summary>
    /// <param name="run">The run.</param>
    /// <param name="source">Its stream, opened.</param>
    /// <param name="since">The last run that was compared was planned then; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<bool> CompareAsync(Run run, IStream source, DateTimeOffset? since, CancellationToken cancellationToken = default)
    {
        if (await catalog.FindAsync(run.Pipeline, cancellationToken) is not UsablePipeline { Pipeline: var pipeline }
            || pipeline.Find(run.Stream) is not { Deletes.Missing: true } stream)
            return true;
        RefreshStep? step = await FindAsync(run, pipeline, stream, source, since, cancellationToken);
        if (step is RefreshGoesOn { Progress: var progress })
        {
            await documents.ChangeAsync<Run>(
                RunNames.Run(run.Pipeline, run.Stream, run.Id),
                current => current is null || current.Comparison?.Done >= progress.Done ? current : current with { Comparison = progress },
                cancellationToken);
        }

        if (step is not RefreshFinding finding)
            return false;
        await documents.ChangeAsync<Run>(
            RunNames.Run(run.Pipeline, run.Stream, run.Id),
            // Of one that was compared before, and not ended any more, the first finding counts.
            current => current is null || current.Refresh is not null ? current : current with { Refresh = finding },
            cancellationToken);
        if (finding.Reason is null)
        {
            await documents.ChangeAsync<StreamDocument>(
                RunNames.Stream(run.Pipeline, run.Stream),
                current => current?.ActiveRun != run.Id ? current : current with { ComparedAt = run.CreatedAt },
                cancellationToken);
        }

        return true;
    }

    private async ValueTask<RefreshStep?> FindAsync(
        Run run, Pipeline pipeline, PipelineStream stream, IStream source, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        if (source.CursorField is { } cursor)
            return new RefreshFinding(0, $"The connector reads only what is new by its cursor '{cursor}', so what doesn't come needn't be gone. Remove 'deletes: missing', or the stream's incremental_sync.");
        // It was compared before, and the worker died before it could end the run.
        if (since == run.CreatedAt)
            return new RefreshFinding(0);
        var landed = new List<LandedBlob>();
        for (int number = 0; number < run.Batches; number++)
        {
            if (await documents.FindAsync<PlanBatch>(RunNames.Batch(run, number), cancellationToken) is not { Value: var batch })
                continue;
            if (batch.Parents is not null)
                return new RefreshFinding(0, "The connector reads only the children of parents that are new, so what doesn't come needn't be gone. Remove 'deletes: missing', or the parent's incremental_dependency.");
            for (int i = 0; i < batch.Slices.Count; i++)
            {
                if (await documents.FindAsync<SliceDocument>(RunNames.Slice(run.Pipeline, run.Stream, run.Id, batch.First + i), cancellationToken) is { } slice)
                    landed.AddRange(slice.Value.Blobs);
            }
        }

        return await difference.LandAsync(run, pipeline, stream, landed, since, cancellationToken);
    }
}

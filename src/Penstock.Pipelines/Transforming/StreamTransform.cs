using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Transforming;

/// <summary>All that Transform does with a stream's records, made ready once for many blobs. Safe for use by several threads.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Identity">Where records have key and version, after the last step.</param>
/// <param name="Steps">The steps that the stream needs, in the order of their places.</param>
public sealed record StreamTransform(
    Pipeline Pipeline, PipelineStream Stream, RecordIdentity Identity, IReadOnlyList<(StepPlace Place, IRecordStepPlan Plan)> Steps)
{
    /// <summary>Where its records go.</summary>
    public CuratedTable Table { get; } = CuratedTables.Of(Pipeline, Stream)[0];

    /// <summary>Begins a blob; gives the reason if a step can't begin now.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="first">Steps before this place are left out.</param>
    /// <param name="last">Steps after this place are left out.</param>
    internal async ValueTask<(RecordFlow? Flow, string? Unavailable)> BeginAsync(
        BlobContext blob, CancellationToken cancellationToken, StepPlace first = StepPlace.Raw, StepPlace last = StepPlace.Mask)
    {
        var steps = new List<(StepPlace, IRecordStep)>(Steps.Count);
        foreach ((StepPlace place, IRecordStepPlan plan) in Steps.Where(step => step.Place >= first && step.Place <= last))
        {
            IRecordStep step = await plan.BeginAsync(blob, cancellationToken);
            if (step is StepUnavailable unavailable)
                return (null, unavailable.Reason);
            steps.Add((place, step));
        }

        return (new RecordFlow([.. steps]), null);
    }
}

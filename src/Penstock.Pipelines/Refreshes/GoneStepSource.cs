using System.Buffers;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Refreshes;

/// <summary>Makes deletions of the records of a blob that says what is gone. They take the way of all records, so that they have their keys.</summary>
internal sealed class GoneStepSource : IRecordStepSource
{
    public StepPlace Place => StepPlace.Envelope;

    public ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IRecordStepPlan?>(stream.Reception is null ? new Plan() : null);

    private sealed class Plan : IRecordStepPlan
    {
        public IRecordStep Begin(BlobContext blob) => new Step(blob.SaysGone ? blob.TakenAt : null);
    }

    private sealed class Step(DateTimeOffset? since) : IRecordStep
    {
        public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
        {
            if (since is not null)
                (context.IsDeletion, context.ValidFrom) = (true, since);
            return StepResult.Passed;
        }
    }
}

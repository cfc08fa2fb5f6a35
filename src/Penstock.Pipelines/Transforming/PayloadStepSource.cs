using System.Buffers;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Transforming;

/// <summary>Sets aside what was received and wasn't JSON.</summary>
internal sealed class PayloadStepSource : IRecordStepSource
{
    public StepPlace Place => StepPlace.Envelope;

    public ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IRecordStepPlan?>(stream.Reception is null ? null : new PayloadStep());

    private sealed class PayloadStep : IRecordStepPlan, IRecordStep
    {
        public IRecordStep Begin(BlobContext blob) => this;

        public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten) =>
            RawPayload.Is(record) ? StepResult.SetAside(RawPayload.Violation) : StepResult.Passed;
    }
}

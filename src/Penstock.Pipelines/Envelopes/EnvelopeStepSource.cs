using System.Buffers;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Envelopes;

/// <summary>Sets aside what was received and wasn't JSON, and takes records out of the envelopes that their pipeline names.</summary>
internal sealed class EnvelopeStepSource : IRecordStepSource
{
    public StepPlace Place => StepPlace.Envelope;

    public ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IRecordStepPlan?>(stream.Reception is null && stream.Envelope == EnvelopeKind.None ? null : new Plan(stream));

    private sealed class Plan(PipelineStream stream) : IRecordStepPlan
    {
        public IRecordStep Begin(BlobContext blob) => new Step(stream.Envelope, stream.Reception is not null, new DebeziumEnvelope(setsVersion: stream.Version is null));
    }

    private sealed class Step(EnvelopeKind kind, bool isReceived, DebeziumEnvelope debezium) : IRecordStep
    {
        public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
        {
            if (isReceived && RawPayload.Is(record))
                return StepResult.SetAside(RawPayload.Violation);
            if (kind == EnvelopeKind.None)
                return StepResult.Passed;
            if (!context.IsValid && JsonSkim.Problem(record) is { } problem)
                return StepResult.SetAside(new Violation("json", "", problem));
            context.IsValid = true;
            return kind switch
            {
                EnvelopeKind.Debezium => debezium.Apply(context, record, rewritten),
                EnvelopeKind.CloudEvents => CloudEventEnvelope.Apply(record, rewritten),
                _ when DebeziumEnvelope.Is(record) => debezium.Apply(context, record, rewritten),
                _ when CloudEventEnvelope.Is(record) => CloudEventEnvelope.Apply(record, rewritten),
                _ => StepResult.Passed,
            };
        }
    }
}

using System.Buffers;
using Penstock.Connectors.Shaping;
using Penstock.Connectors.Values.Json;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Shaping;

/// <summary>Finds the records that say that they are gone. Registered after the shape, whose fields the condition may look at.</summary>
/// <param name="time">The clock.</param>
internal sealed class DeleteStepSource(TimeProvider time) : IRecordStepSource
{
    public StepPlace Place => StepPlace.Shape;

    public ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IRecordStepPlan?>(stream.Deletes?.When is { } when ? new Plan(pipeline, when, time) : null);

    private sealed class Plan(Pipeline pipeline, string when, TimeProvider time) : IRecordStepPlan
    {
        public IRecordStep Begin(BlobContext blob) => new Step(new RecordCondition(when, ValueJsonReader.Read(pipeline.Config.GetRawText()), time));
    }

    private sealed class Step(RecordCondition when) : IRecordStep
    {
        private readonly ShapedRecord _record = new();

        public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
        {
            if (!context.IsValid && JsonSkim.Problem(record) is { } problem)
                return StepResult.SetAside(new Violation("json", "", problem));
            context.IsValid = true;
            try
            {
                _record.Begin(record);
                context.IsDeletion |= ShapeException.Guard("", () => when.Holds(_record.See(when.Fields)));
                return StepResult.Passed;
            }
            catch (ShapeException e)
            {
                return StepResult.SetAside(e.Violation with { Rule = "deletes" });
            }
        }
    }
}

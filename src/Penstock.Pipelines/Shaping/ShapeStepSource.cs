using System.Buffers;
using Penstock.Connectors.Values.Json;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Shaping;

/// <summary>Gives records the shape that their pipeline asks for.</summary>
/// <param name="time">The clock of templates.</param>
internal sealed class ShapeStepSource(TimeProvider time) : IRecordStepSource
{
    public StepPlace Place => StepPlace.Shape;

    public ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IRecordStepPlan?>(stream.Shape.Steps.Count > 0 ? new Plan(pipeline, stream.Shape.Steps, time) : null);

    private sealed class Plan(Pipeline pipeline, IReadOnlyList<ShapeStep> steps, TimeProvider time) : IRecordStepPlan
    {
        public IRecordStep Begin(BlobContext blob)
        {
            var config = ValueJsonReader.Read(pipeline.Config.GetRawText());
            return new Step([.. steps.Select(step => Shaper.Of(step, config, time))]);
        }
    }

    private sealed class Step(IReadOnlyList<Shaper> shapers) : IRecordStep
    {
        private readonly ShapedRecord _record = new();

        public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
        {
            if (!context.IsValid && JsonSkim.Problem(record) is { } problem)
                return StepResult.SetAside(new Violation("json", "", problem));
            context.IsValid = true;
            _record.Begin(record);
            try
            {
                foreach (Shaper shaper in shapers)
                {
                    if (!shaper.Apply(_record))
                        return StepResult.LeftOut;
                }
            }
            catch (ShapeException e)
            {
                return StepResult.SetAside(e.Violation);
            }

            _record.Write(rewritten);
            return StepResult.Rewritten;
        }
    }
}

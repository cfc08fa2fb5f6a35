using System.Buffers;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Contracts;

/// <summary>Checks records against their stream's contract.</summary>
internal sealed class ContractStepSource : IRecordStepSource
{
    public StepPlace Place => StepPlace.Contract;

    public ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IRecordStepPlan?>(stream.Contract is { } contract ? new ContractStep(new RecordContract(contract)) : null);

    private sealed class ContractStep(RecordContract contract) : IRecordStepPlan, IRecordStep
    {
        public IRecordStep Begin(BlobContext blob) => this;

        public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
        {
            if (contract.Check(record) is { } violation)
                return StepResult.SetAside(violation);
            context.IsValid = true;
            return StepResult.Passed;
        }
    }
}

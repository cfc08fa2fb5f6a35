using System.Buffers;

namespace Penstock.Pipelines.Transforming.Steps;

/// <summary>A step that can't begin now. The blob waits, whole: no record is written without the step.</summary>
/// <param name="Reason">What is missing, and what to do.</param>
public sealed record StepUnavailable(string Reason) : IRecordStep
{
    /// <inheritdoc/>
    public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten) => throw new InvalidOperationException(Reason);
}

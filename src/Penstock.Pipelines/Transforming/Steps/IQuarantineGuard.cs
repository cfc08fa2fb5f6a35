using System.Buffers;

namespace Penstock.Pipelines.Transforming.Steps;

/// <summary>
/// A step that also decides what of a record may be kept in quarantine: the mask is one. Without one, quarantine keeps records as
/// they were where they ended.
/// </summary>
public interface IQuarantineGuard : IRecordStep
{
    /// <summary>Writes what may be kept of a record that was set aside; writes nothing to keep nothing but its place in raw.</summary>
    /// <param name="reached">The step that set it aside: before <see cref="StepPlace.Contract"/> the record doesn't have its shape yet.</param>
    /// <param name="record">The record as it was there; it may be anything, and needn't be JSON.</param>
    /// <param name="kept">Takes one JSON object.</param>
    void Guard(StepPlace reached, ReadOnlySpan<byte> record, IBufferWriter<byte> kept);
}

using System.Buffers;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Subjects;

/// <summary>Opens the sealed values of a blob's records, and leaves out what is about erased subjects.</summary>
/// <param name="check">Knows who was erased; null if nobody was.</param>
/// <param name="keys">The data keys of the blob's subjects, null where one was destroyed; null if nothing is encrypted.</param>
/// <param name="erased">Who was erased.</param>
internal sealed class SubjectStep(ErasureCheck? check, IReadOnlyDictionary<SubjectId, byte[]?>? keys, ErasedSubjects erased) : IRecordStep, IDisposable
{
    private static readonly StepResult KeyLost = StepResult.SetAside(
        new Violation("raw-key", "", "It is encrypted under a key that isn't there, though its subject wasn't erased. Restore state/subjects/ from a backup, and replay."));

    private readonly ArrayBufferWriter<byte> _opened = new(1024);

    public StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten)
    {
        if (ErasedLine.Is(record))
            return Erased(context);
        if (keys is null || !RawSeal.IsIn(record))
            return check is not null && check.IsErased(record) ? Erased(context) : StepResult.Passed;

        foreach (SubjectId subject in RawSeal.SubjectsOf(record))
        {
            if (keys.GetValueOrDefault(subject) is null)
                return erased.Erased.ContainsKey(subject) ? Erased(context) : KeyLost;
        }

        _opened.ResetWrittenCount();
        RawSeal.Open(record, keys, _opened);
        if (check is not null && check.IsErased(_opened.WrittenSpan))
            return Erased(context);
        rewritten.Write(_opened.WrittenSpan);
        return StepResult.Rewritten;
    }

    public void Dispose() => check?.Dispose();

    private static StepResult Erased(RecordContext context)
    {
        context.IsErased = true;
        return StepResult.LeftOut;
    }
}

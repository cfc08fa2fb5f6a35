using System.Buffers;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Transforming;

/// <summary>Takes the records of one blob through its steps. A record that no step rewrites is never copied.</summary>
internal sealed class RecordFlow((StepPlace Place, IRecordStep Step)[] steps) : IDisposable
{
    // A step reads what the one before it wrote: two buffers take turns.
    private readonly ArrayBufferWriter<byte>[] _buffers = [new(1024), new(1024)];

    /// <summary>What is known of the current record beside its bytes.</summary>
    public RecordContext Context { get; } = new();

    /// <summary>Where the last record that was set aside ended.</summary>
    public StepPlace Reached { get; private set; }

    /// <summary>Why the last record was set aside.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>The guard of the quarantine, or null.</summary>
    public IQuarantineGuard? Guard { get; } = steps.Select(step => step.Step).OfType<IQuarantineGuard>().LastOrDefault();

    /// <summary>Takes a line of the blob through the steps.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="line">The line.</param>
    /// <param name="record">The record as it came out, or as it was where it ended; valid until the next one.</param>
    public StepVerdict Run(long number, ReadOnlySpan<byte> line, out ReadOnlySpan<byte> record)
    {
        Context.Begin(number);
        record = line;
        int free = 0;
        var verdict = StepVerdict.Passed;
        foreach ((StepPlace place, IRecordStep step) in steps)
        {
            // A record that only says what is gone has no more than a key.
            if (place == StepPlace.Contract && Context.IsDeletion)
                continue;
            ArrayBufferWriter<byte> rewritten = _buffers[free];
            rewritten.ResetWrittenCount();
            StepResult result = step.Apply(Context, record, rewritten);
            switch (result.Verdict)
            {
                case StepVerdict.Rewritten:
                    record = rewritten.WrittenSpan;
                    free ^= 1;
                    verdict = StepVerdict.Rewritten;
                    break;
                case StepVerdict.SetAside:
                    (Reached, Violation) = (place, result.Violation);
                    return StepVerdict.SetAside;
                case StepVerdict.LeftOut:
                    return StepVerdict.LeftOut;
            }
        }

        return verdict;
    }

    /// <summary>Disposes of the steps that hold something.</summary>
    public void Dispose()
    {
        foreach (IDisposable step in steps.Select(step => step.Step).OfType<IDisposable>())
            step.Dispose();
    }

    /// <summary>Tells the steps that the blob is done.</summary>
    public async ValueTask CompleteAsync(TransformEntry entry, CancellationToken cancellationToken)
    {
        foreach ((_, IRecordStep step) in steps)
            await step.CompleteAsync(entry, cancellationToken);
    }
}

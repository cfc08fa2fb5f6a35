using System.Buffers;
using Penstock.Pipelines.Ledger;

namespace Penstock.Pipelines.Transforming.Steps;

/// <summary>
/// One step of a record's way from raw to curated: it lets the record pass as it is, rewrites it, sets it aside or leaves it out.
/// A step serves the records of one raw blob, one after the other, and may remember what it has seen of them.
/// </summary>
/// <remarks>
/// Bytes in, bytes out: a record is one JSON object in UTF-8, in one piece. What a step gives must be a function of the record, the
/// pipeline's files and the steps before it alone (promise 3), so that a replay gives the same.
/// </remarks>
public interface IRecordStep
{
    /// <summary>Takes a record on its way.</summary>
    /// <param name="context">What is known of the record beside its bytes.</param>
    /// <param name="record">The record, valid until the method returns.</param>
    /// <param name="rewritten">Takes the new record, whole, if the answer is <see cref="StepResult.Rewritten"/>; empty before.</param>
    StepResult Apply(RecordContext context, ReadOnlySpan<byte> record, IBufferWriter<byte> rewritten);

    /// <summary>
    /// Called once all records of the blob are curated or set aside, before its counts are written to the ledger: to put what was
    /// seen of them. It may be called again for the same blob, after a crash or by a replay.
    /// </summary>
    /// <param name="entry">The blob's counts.</param>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask CompleteAsync(TransformEntry entry, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>What a step makes of a record.</summary>
public readonly record struct StepResult
{
    private StepResult(StepVerdict verdict, Contracts.Violation? violation = null) => (Verdict, Violation) = (verdict, violation);

    /// <summary>The record goes on as it is.</summary>
    public static StepResult Passed => default;

    /// <summary>The record goes on as the step has written it.</summary>
    public static StepResult Rewritten => new(StepVerdict.Rewritten);

    /// <summary>The record ends here on purpose, and is counted as filtered.</summary>
    public static StepResult LeftOut => new(StepVerdict.LeftOut);

    /// <summary>The verdict.</summary>
    public StepVerdict Verdict { get; }

    /// <summary>Why the record is set aside; null otherwise.</summary>
    public Contracts.Violation? Violation { get; }

    /// <summary>The record ends here in quarantine.</summary>
    /// <param name="violation">Rule, path and reason; never the record's content.</param>
    public static StepResult SetAside(Contracts.Violation violation) => new(StepVerdict.SetAside, violation);
}

/// <summary>What becomes of a record at a step.</summary>
public enum StepVerdict
{
    /// <summary>It goes on as it is.</summary>
    Passed,

    /// <summary>It goes on, rewritten.</summary>
    Rewritten,

    /// <summary>It is left out on purpose.</summary>
    LeftOut,

    /// <summary>It goes to quarantine.</summary>
    SetAside,
}

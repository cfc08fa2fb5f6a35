using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Refreshes;

namespace Penstock.Pipelines.Transforming.Steps;

/// <summary>
/// Gives the steps of one kind. Register it (<c>AddSingleton&lt;IRecordStepSource, …&gt;</c>) and Transform takes every record
/// through it, at its place on the way.
/// </summary>
public interface IRecordStepSource
{
    /// <summary>Where on the way its steps stand.</summary>
    StepPlace Place { get; }

    /// <summary>
    /// Prepares a stream's step, once for many blobs: compiled rules, keys from the secret store. It is prepared again when the
    /// pipeline's files change, and every few minutes.
    /// </summary>
    /// <returns>Null if the stream needs no such step: its records then aren't touched.</returns>
    ValueTask<IRecordStepPlan?> PlanAsync(Pipeline pipeline, PipelineStream stream, CancellationToken cancellationToken = default);
}

/// <summary>A stream's step, ready for any number of blobs at once. Safe for use by several threads.</summary>
public interface IRecordStepPlan
{
    /// <summary>
    /// Begins a blob: gives the step for its records, or <see cref="StepUnavailable"/> if something that it needs isn't there, such as a
    /// secret: then nothing of the blob is written, and it is tried again later.
    /// </summary>
    ValueTask<IRecordStep> BeginAsync(BlobContext blob, CancellationToken cancellationToken = default) => ValueTask.FromResult(Begin(blob));

    /// <summary>Begins a blob, for steps that need nothing from elsewhere: they implement this one, the others <see cref="BeginAsync"/>.</summary>
    IRecordStep Begin(BlobContext blob) => throw new NotSupportedException($"{GetType().Name} begins with BeginAsync.");
}

/// <summary>Where a step stands on the way of a record. Identity (key and version) is read after the last one, so that keys are masked too.</summary>
public enum StepPlace
{
    /// <summary>Makes a landed line readable: decrypts what is encrypted in raw.</summary>
    Raw,

    /// <summary>Takes the record out of its envelope: Debezium, or what was received and isn't JSON.</summary>
    Envelope,

    /// <summary>Gives the record its shape: select, rename, derive, flatten, explode, filter.</summary>
    Shape,

    /// <summary>Checks it against its contract, and makes values fit.</summary>
    Contract,

    /// <summary>Masks personal data.</summary>
    Mask,
}

/// <summary>The raw blob whose records come.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Name">The blob's name.</param>
/// <param name="TakenAt">When its records were taken from the source.</param>
/// <param name="Replay">The replay that asks for it; null the first time.</param>
public sealed record BlobContext(Pipeline Pipeline, PipelineStream Stream, string Name, DateTimeOffset TakenAt, string? Replay)
{
    /// <summary>Whether its records say what is gone; default: the blob's name tells.</summary>
    public bool SaysGone { get; init; } = GoneBlob.Is(Name);
}

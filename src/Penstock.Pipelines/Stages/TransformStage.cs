using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Transforming;
using Penstock.Pipelines.Transforming.Steps;

namespace Penstock.Pipelines.Stages;

/// <summary>
/// Transform: takes each record of a raw blob through its steps (<see cref="StepPlace"/>), writes it to the curated output or sets
/// it aside, and counts.
/// </summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="transforms">What is done with each stream.</param>
/// <param name="blobs">Raw and quarantine.</param>
/// <param name="curated">The curated output.</param>
/// <param name="documents">The ledger.</param>
/// <param name="sender">Sends itself again.</param>
/// <param name="options">How it works.</param>
/// <param name="time">The clock.</param>
public sealed class TransformStage(
    IPipelineCatalog catalog, StreamTransforms transforms, IBlobStore blobs, ICuratedStore curated, DocumentStore documents, WorkSender sender,
    TransformOptions options, TimeProvider time)
{
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(5);

    /// <summary>Curates a raw blob. Doing it again, or twice at once, has the same effect as once.</summary>
    public async Task<TransformOutcome> RunAsync(TransformMessage message, CancellationToken cancellationToken = default)
    {
        if (RawNames.TakenAt(message.Blob) is not { } takenAt)
            return new TransformRefused($"'{message.Blob}' isn't the name of a raw blob.");
        string entryName = TransformEntry.NameFor(message.Blob);
        TransformEntry? known = (await documents.FindAsync<TransformEntry>(entryName, cancellationToken))?.Value;
        if (known is not null && known.Replay == message.Replay)
            return new BlobCurated(known, IsNew: false);
        // What was never transformed has nothing in quarantine: it is transformed as a whole.
        LineSelection? selection = message.Lines is { } wanted && known is not null
            ? await LineSelection.ReadAsync(blobs, message.Blob, wanted, known, cancellationToken)
            : null;

        if (await catalog.FindAsync(message.Pipeline, cancellationToken) is not UsablePipeline { Pipeline: var pipeline }
            || pipeline.Find(message.Stream) is not { } stream
            || await transforms.FindAsync(pipeline, stream, cancellationToken) is not { } transform)
            return await DeferAsync(message, Broken(message), cancellationToken);
        var context = new BlobContext(pipeline, stream, message.Blob, takenAt, message.Replay);
        (RecordFlow? flow, string? unavailable) = await transform.BeginAsync(context, cancellationToken);
        if (flow is null)
            return await DeferAsync(message, unavailable!, cancellationToken);
        using var blob = new BlobTransform(transform, flow, context, blobs, curated, options, selection);
        if (await blobs.OpenAsync(message.Blob, cancellationToken) is not { } raw)
            return new TransformRefused($"The raw blob '{message.Blob}' is gone.");
        TransformEntry entry = await blob.RunAsync(raw, time.GetUtcNow, cancellationToken);
        entry = entry with { Usage = UsageMeter.Take() + TransformEntry.Writing };
        await documents.ChangeAsync<TransformEntry>(entryName, _ => entry, cancellationToken);
        return new BlobCurated(entry, IsNew: true);
    }

    private static string Broken(TransformMessage message) =>
        $"The pipeline '{message.Pipeline}' is broken, gone, or has no stream '{message.Stream}'. Run 'penstock validate'.";

    // The pipeline's file is broken, its connector can't be opened, or a secret is missing: its owner mends it, and the blob is curated then.
    private async Task<TransformOutcome> DeferAsync(TransformMessage message, string reason, CancellationToken cancellationToken)
    {
        await sender.SendAsync(message, Recheck, message.Context, cancellationToken);
        return new TransformDeferred(time.GetUtcNow() + Recheck, reason);
    }
}

/// <summary>What became of a transform message.</summary>
public abstract record TransformOutcome
{
    private protected TransformOutcome() { }
}

/// <summary>The blob is curated.</summary>
/// <param name="Entry">The counts.</param>
/// <param name="IsNew">Whether it was done now; false if it had been done before.</param>
public sealed record BlobCurated(TransformEntry Entry, bool IsNew) : TransformOutcome;

/// <summary>It is tried again later.</summary>
/// <param name="Until">When.</param>
/// <param name="Reason">Why, and what to do.</param>
public sealed record TransformDeferred(DateTimeOffset Until, string Reason) : TransformOutcome;

/// <summary>It can never be done: a dead letter.</summary>
/// <param name="Reason">Why.</param>
public sealed record TransformRefused(string Reason) : TransformOutcome;

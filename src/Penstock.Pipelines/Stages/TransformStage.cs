using System.Buffers;
using System.Globalization;
using Penstock.Pipelines.Contracts;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Ledger;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Receiving;
using Penstock.Pipelines.Records;
using Penstock.Pipelines.Transforming;

namespace Penstock.Pipelines.Stages;

/// <summary>Transform: checks each record of a raw blob, writes it to the curated output or sets it aside, and counts.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="identities">Where records have key and version.</param>
/// <param name="blobs">Raw and quarantine.</param>
/// <param name="curated">The curated output.</param>
/// <param name="documents">The ledger.</param>
/// <param name="sender">Sends itself again.</param>
/// <param name="options">How it works.</param>
/// <param name="time">The clock.</param>
public sealed class TransformStage(
    IPipelineCatalog catalog, IdentitySource identities, IBlobStore blobs, ICuratedStore curated, DocumentStore documents, WorkSender sender,
    TransformOptions options, TimeProvider time)
{
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(5);

    /// <summary>Curates a raw blob. Doing it again, or twice at once, has the same effect as once.</summary>
    public async Task<TransformOutcome> RunAsync(TransformMessage message, CancellationToken cancellationToken = default)
    {
        if (RawNames.TakenAt(message.Blob) is not { } takenAt)
            return new TransformRefused($"'{message.Blob}' isn't the name of a raw blob.");
        string entryName = TransformEntry.NameFor(message.Blob);
        if (await documents.FindAsync<TransformEntry>(entryName, cancellationToken) is { } known && known.Value.Replay == message.Replay)
            return new BlobCurated(known.Value, IsNew: false);

        if (await catalog.FindAsync(message.Pipeline, cancellationToken) is not UsablePipeline { Pipeline: var pipeline }
            || pipeline.Find(message.Stream) is not { } stream
            || await identities.FindAsync(pipeline, stream, cancellationToken) is not { } identity)
            return await DeferAsync(message, cancellationToken);
        if (await blobs.OpenAsync(message.Blob, cancellationToken) is not { } raw)
            return new TransformRefused($"The raw blob '{message.Blob}' is gone.");

        TransformEntry entry = await CurateAsync(message, takenAt, stream, identity, raw, cancellationToken);
        await documents.ChangeAsync<TransformEntry>(entryName, _ => entry, cancellationToken);
        return new BlobCurated(entry, IsNew: true);
    }

    private async Task<TransformEntry> CurateAsync(
        TransformMessage message, DateTimeOffset takenAt, PipelineStream stream, RecordIdentity identity, Stream raw, CancellationToken cancellationToken)
    {
        var reader = new IdentityReader(identity);
        IRecordCheck check = RecordChecks.For(stream.Contract);
        var batch = new CuratedBatch(curated, new CuratedTable(message.Pipeline, message.Stream), options);
        using var quarantine = new QuarantineWriter(blobs, message.Blob);
        long line = 0;
        await foreach (ReadOnlySequence<byte> record in RawBlobReader.ReadLinesAsync(raw, cancellationToken))
        {
            line++;
            if (stream.Reception is not null && RawPayload.Is(record))
            {
                quarantine.Add(line, RawPayload.Violation, record);
                continue;
            }

            switch (reader.Read(record, TieBreak(takenAt, line)))
            {
                case NoIdentity none:
                    quarantine.Add(line, new Violation(none.Rule, none.Path, none.Reason), record);
                    break;
                case Identified identified when SizeOf(record, identified.Key) is { } violation:
                    quarantine.Add(line, violation, record);
                    break;
                case Identified when check.Check(record) is { } violation:
                    quarantine.Add(line, violation, record);
                    break;
                case Identified identified:
                    await batch.AddAsync(identified.Key, identified.Version, record, cancellationToken);
                    break;
            }
        }

        await batch.FlushAsync(cancellationToken);
        await quarantine.PutAsync(cancellationToken);
        return new TransformEntry
        {
            Blob = message.Blob,
            Read = line,
            Curated = batch.Written + batch.Stale,
            Stale = batch.Stale,
            Quarantined = quarantine.Count,
            Filtered = 0,
            Contract = stream.Contract is { } contract ? $"{contract.Id}@{contract.Version}" : null,
            Replay = message.Replay,
            At = time.GetUtcNow(),
        };
    }

    // What no curated store can hold is set aside here, where its neighbours go on.
    private Violation? SizeOf(ReadOnlySequence<byte> record, string key) =>
        record.Length > options.RecordBytes ? new Violation("size", "", $"It has {record.Length} bytes; at most {options.RecordBytes} can be curated.")
        : key.Length > TransformOptions.KeyCharacters ? new Violation("size", "", $"Its key has {key.Length} characters; at most {TransformOptions.KeyCharacters} can be.")
        : null;

    // Of two records with the same version, or none, the one that was taken from the source later is the newer.
    private static string TieBreak(DateTimeOffset takenAt, long line) =>
        string.Create(CultureInfo.InvariantCulture, $"{takenAt.UtcTicks:D19}~{line:D10}");

    // The pipeline's file is broken, or its connector can't be opened: its owner mends it, and the blob is curated then.
    private async Task<TransformOutcome> DeferAsync(TransformMessage message, CancellationToken cancellationToken)
    {
        await sender.SendAsync(message, Recheck, cancellationToken);
        return new TransformDeferred(
            time.GetUtcNow() + Recheck, $"The pipeline '{message.Pipeline}' is broken, gone, or has no stream '{message.Stream}'. Run 'penstock validate'.");
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

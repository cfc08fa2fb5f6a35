using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.Landing;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Subjects;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Stages;

/// <summary>Receive: lands a pushed batch as one raw blob, and only then lets it go.</summary>
/// <param name="catalog">The pipelines.</param>
/// <param name="blobs">Where raw blobs go.</param>
/// <param name="gate">What records pass before they are landed.</param>
/// <param name="sender">Sends transforms.</param>
public sealed class ReceiveStage(IPipelineCatalog catalog, IBlobStore blobs, LandingGate gate, WorkSender sender)
{
    /// <summary>
    /// Lands a batch. When this returns <see cref="BatchLanded"/> the batch is stored and its transform is on its way; when it
    /// throws, nothing may be acknowledged. The same batch again, from an old checkpoint, gives the same blob.
    /// </summary>
    public async Task<ReceiveOutcome> RunAsync(ReceivedBatch batch, CancellationToken cancellationToken = default)
    {
        if (await catalog.FindAsync(batch.Pipeline, cancellationToken) is not { } entry)
            return new BatchRefused($"There is no pipeline '{batch.Pipeline}'.");
        // Even a broken pipeline's data is landed: its owner mends the file, and the transform finds the blob.
        PipelineStream? stream = (entry as UsablePipeline)?.Pipeline.Find(batch.Stream);
        if (entry is UsablePipeline && stream?.Reception is null)
            return new BatchRefused($"The pipeline '{batch.Pipeline}' receives no stream '{batch.Stream}'.");
        if (batch.Records.Count == 0)
            return new BatchLanded(null, 0);
        LandingOutcome passing = await gate.PassAsync(stream, batch.Records, cancellationToken);
        if (passing is not RecordsPass { Records: var records })
            return new BatchWaits(((RecordsWait)passing).Reason);

        using Activity? span = Tracing.Receive(batch.Pipeline, batch.Stream, batch.Events ?? batch.Records.Count, batch.Origins);
        using var writer = new RawBlobWriter();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // The name is of what came, so that the same batch has the same name, whatever passes of it.
        foreach (ReadOnlyMemory<byte> record in batch.Records)
            hash.AppendData(record.Span);
        foreach (ReadOnlyMemory<byte> record in records)
            writer.Add(record.Span);

        string digest = Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
        string name = RawNames.Name(batch.Pipeline, batch.Stream, batch.TakenAt, string.Create(CultureInfo.InvariantCulture, $"{BlobNames.Segment(batch.Source)}-{digest}"));
        ReadOnlyMemory<byte> content = writer.Finish();
        PutOutcome put = await blobs.PutIfAbsentAsync(name, content, cancellationToken);
        span?.SetTag(TelemetryNames.Attributes.Blob, name).SetTag(TelemetryNames.Attributes.Records, batch.Records.Count).SetTag(TelemetryNames.Attributes.Bytes, content.Length);
        if (put is Stored)
            Instruments.Received(batch.Pipeline, batch.Stream, batch.Records.Count, content.Length);
        await sender.SendAsync(new TransformMessage(batch.Pipeline, batch.Stream, name), cancellationToken: cancellationToken);
        return new BatchLanded(name, batch.Records.Count);
    }
}

/// <summary>Records that were pushed together.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Source">Where they came from, for example <c>webhook</c> or <c>orders.0.17-42</c> (hub, partition, sequence numbers).</param>
/// <param name="TakenAt">When the first of them was sent: for an event its enqueued time, so that a replay gives the same blob.</param>
/// <param name="Records">JSON objects in UTF-8, without line breaks.</param>
public sealed record ReceivedBatch(
    string Pipeline, string Stream, string Source, DateTimeOffset TakenAt, IReadOnlyList<ReadOnlyMemory<byte>> Records)
{
    /// <summary>How many events the records came in; null for as many as there are records.</summary>
    public int? Events { get; init; }

    /// <summary>Where in a trace the events were sent, as far as they say so.</summary>
    public IReadOnlyList<TraceContext> Origins { get; init; } = [];
}

/// <summary>What became of a batch.</summary>
public abstract record ReceiveOutcome
{
    private protected ReceiveOutcome() { }
}

/// <summary>It is stored.</summary>
/// <param name="Blob">The raw blob; null for an empty batch.</param>
/// <param name="Records">How many records it holds.</param>
public sealed record BatchLanded(string? Blob, int Records) : ReceiveOutcome;

/// <summary>Nobody here receives it.</summary>
/// <param name="Reason">Why.</param>
public record BatchRefused(string Reason) : ReceiveOutcome;

/// <summary>It can't be landed now, and must come again.</summary>
/// <param name="Reason">Why, and what to do.</param>
public sealed record BatchWaits(string Reason) : BatchRefused(Reason);

using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Stages;

namespace Penstock.Pipelines.Runs;

/// <summary>Takes slices: one attempt at a time may commit to a slice.</summary>
/// <param name="documents">Where slices are kept.</param>
/// <param name="blobs">Where records are landed.</param>
/// <param name="sender">Sends transforms.</param>
/// <param name="options">How long leases hold.</param>
/// <param name="time">The clock.</param>
/// <param name="ids">Names attempts.</param>
public sealed class SliceBook(
    DocumentStore documents, IBlobStore blobs, WorkSender sender, ExtractOptions options, TimeProvider time, IIdSource ids)
{
    /// <summary>Takes a slice, if it isn't ended and nobody else holds it.</summary>
    public async ValueTask<SliceTaking> TakeAsync(Run run, ExtractMessage message, CancellationToken cancellationToken = default)
    {
        string name = RunNames.Slice(message.Pipeline, message.Stream, message.Run, message.Slice);
        string owner = $"{options.Instance}.{ids.Next()}";
        while (true)
        {
            Document<SliceDocument>? current = await documents.FindAsync<SliceDocument>(name, cancellationToken);
            if (current?.Value is { Status: not SliceStatus.Open } ended)
                return new SliceEnded(ended);
            DateTimeOffset now = time.GetUtcNow();
            if (current?.Value.Lease is { } lease && IsHeld(lease, now))
            {
                // Our own lease: the write was stored, only its answer was lost.
                return lease.Owner == owner ? Taken(message, current, owner) : new SliceBusy(lease.Until);
            }

            SliceDocument? slice = current?.Value ?? await FirstAsync(run, message, now, cancellationToken);
            if (slice is null)
                return SliceUnknown.Instance;
            slice = slice with { Lease = new Lease(owner, now + options.LeaseDuration), Commit = $"{owner}.0", WaitsUntil = null, ChangedAt = now };
            Document<SliceDocument>? taken = current is null
                ? await documents.CreateAsync(name, slice, cancellationToken)
                : await documents.ReplaceAsync(current, slice, cancellationToken);
            if (taken is not null)
                return Taken(message, taken, owner);
        }
    }

    /// <summary>
    /// Closes a slice whose run has ended: takes it from whoever still reads it, so that nothing is committed any more that nobody
    /// would send, and sends what is left in its outbox.
    /// </summary>
    public async ValueTask CloseAsync(ExtractMessage message, CancellationToken cancellationToken = default)
    {
        string closed = $"{options.Instance}.{ids.Next()}.closed";
        await documents.ChangeAsync<SliceDocument>(
            RunNames.Slice(message.Pipeline, message.Stream, message.Run, message.Slice),
            slice => slice?.Lease is null ? slice : slice with { Lease = null, Commit = closed }, cancellationToken);
        await EmptyOutboxAsync(message, cancellationToken);
    }

    /// <summary>Sends what is left in the outbox of a slice that nobody reads any more, and clears it.</summary>
    public async ValueTask EmptyOutboxAsync(ExtractMessage message, CancellationToken cancellationToken = default)
    {
        string name = RunNames.Slice(message.Pipeline, message.Stream, message.Run, message.Slice);
        if ((await documents.FindAsync<SliceDocument>(name, cancellationToken))?.Value is not { Outbox: { Count: > 0 } outbox, Trace: var trace })
            return;
        foreach (string blob in outbox)
            await sender.SendAsync(new TransformMessage(message.Pipeline, message.Stream, blob), context: trace, cancellationToken: cancellationToken);
        await documents.ChangeAsync<SliceDocument>(
            name, slice => slice is null || slice.Outbox.Count == 0 ? slice : slice with { Outbox = [.. slice.Outbox.Except(outbox)] }, cancellationToken);
    }

    private SliceTaken Taken(ExtractMessage message, Document<SliceDocument> slice, string owner) =>
        new(new SliceAttempt(message, slice, owner, documents, blobs, sender, options, time));

    private bool IsHeld(Lease lease, DateTimeOffset now) =>
        lease.Until > now && !(options.IsOnlyInstance && !lease.Owner.StartsWith(options.Instance + ".", StringComparison.Ordinal));

    private async ValueTask<SliceDocument?> FirstAsync(Run run, ExtractMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Document<PlanBatch>? batch = await documents.FindAsync<PlanBatch>(RunNames.Batch(run, message.Batch), cancellationToken);
        int index = message.Slice - (batch?.Value.First ?? 0);
        return batch is null || index < 0 || index >= batch.Value.Slices.Count
            ? null
            : new SliceDocument { Slice = batch.Value.Slices[index], Batch = message.Batch, StartedAt = now };
    }
}

/// <summary>What became of taking a slice.</summary>
public abstract record SliceTaking
{
    private protected SliceTaking() { }
}

/// <summary>The slice is ours for a while.</summary>
/// <param name="Attempt">Reads and commits.</param>
public sealed record SliceTaken(SliceAttempt Attempt) : SliceTaking;

/// <summary>Somebody else holds it.</summary>
/// <param name="Until">When the lease ends.</param>
public sealed record SliceBusy(DateTimeOffset Until) : SliceTaking;

/// <summary>It has ended.</summary>
/// <param name="Slice">How.</param>
public sealed record SliceEnded(SliceDocument Slice) : SliceTaking;

/// <summary>There is no such slice.</summary>
public sealed record SliceUnknown : SliceTaking
{
    /// <summary>The one instance.</summary>
    public static SliceUnknown Instance { get; } = new();
}

using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Messages;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.Ledger;

/// <summary>Lets operators look at dead letters, mend them, send them again or throw them away.</summary>
/// <param name="documents">Where they are kept.</param>
/// <param name="blobs">Where they are deleted.</param>
/// <param name="queue">Where they are sent again.</param>
/// <param name="reader">Knows what a queue holds.</param>
/// <param name="slices">Sends what such slices have committed.</param>
/// <param name="ends">Ends slices that nobody will read any more.</param>
/// <param name="time">The clock.</param>
public sealed class DeadLetterDesk(
    DocumentStore documents, IBlobStore blobs, IWorkQueue queue, WorkReader reader, SliceBook slices, SliceEnds ends, TimeProvider time)
{
    /// <summary>Finds a dead letter, or gives null.</summary>
    public async ValueTask<Document<DeadLetter>?> FindAsync(string queueName, string id, CancellationToken cancellationToken = default) =>
        QueueNames.All.Contains(queueName) && id.Length is > 0 and < 100 && id.All(char.IsAsciiLetterOrDigit)
            ? await documents.FindAsync<DeadLetter>(new DeadLetter(id, queueName, "", default, "").Name, cancellationToken)
            : null;

    /// <summary>Says why a message wouldn't be taken; null if it would.</summary>
    public async ValueTask<string?> ProblemAsync(string queueName, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        message.Length > IWorkQueue.MaxMessageBytes ? $"It has {message.Length} bytes; at most {IWorkQueue.MaxMessageBytes} are allowed."
        : await reader.ReadAsync(queueName, message, cancellationToken) is UnreadableMessage { Reason: var reason } ? reason
        : null;

    /// <summary>Replaces the message; null if somebody else changed the letter.</summary>
    public ValueTask<Document<DeadLetter>?> EditAsync(Document<DeadLetter> letter, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default) =>
        documents.ReplaceAsync(letter, letter.Value with { Body = Convert.ToBase64String(message.Span), EditedAt = time.GetUtcNow() }, cancellationToken);

    /// <summary>Sends the message again; it becomes a dead letter once more if it fails once more.</summary>
    public async ValueTask ReplayAsync(Document<DeadLetter> letter, CancellationToken cancellationToken = default)
    {
        // Sent first: a letter that is gone and wasn't sent would be lost; one that is sent twice does no harm.
        await queue.SendAsync(letter.Value.Queue, Convert.FromBase64String(letter.Value.Body), cancellationToken: cancellationToken);
        await blobs.DeleteAsync(letter.Name, letter.ETag, cancellationToken);
    }

    /// <summary>Throws the letter away. A slice that it was about has failed by that, so that its run can end.</summary>
    public async ValueTask DiscardAsync(Document<DeadLetter> letter, CancellationToken cancellationToken = default)
    {
        if (await reader.ReadAsync(letter.Value.Queue, Convert.FromBase64String(letter.Value.Body), cancellationToken) is ExtractWork { Message: var message })
            await FailAsync(message, cancellationToken);
        await blobs.DeleteAsync(letter.Name, letter.ETag, cancellationToken);
    }

    private async ValueTask FailAsync(ExtractMessage message, CancellationToken cancellationToken)
    {
        if ((await documents.FindAsync<Run>(RunNames.Run(message.Pipeline, message.Stream, message.Run), cancellationToken))?.Value is not { } run)
            return;
        if (run.HasEnded)
        {
            await slices.CloseAsync(message, cancellationToken);
            return;
        }

        if ((await documents.FindAsync<PlanBatch>(RunNames.Batch(run, message.Batch), cancellationToken))?.Value is not { } batch
            || message.Slice < batch.First || message.Slice >= batch.First + batch.Slices.Count)
            return;
        DateTimeOffset now = time.GetUtcNow();
        var slice = await documents.ChangeAsync<SliceDocument>(
            RunNames.Slice(message.Pipeline, message.Stream, message.Run, message.Slice),
            current => current is { Status: not SliceStatus.Open } || current?.Lease?.Until > now
                ? current
                : (current ?? new SliceDocument { Slice = batch.Slices[message.Slice - batch.First], Batch = message.Batch, StartedAt = now }) with
                {
                    Status = SliceStatus.Failed, Remark = "An operator threw its message away.", Lease = null, ChangedAt = now,
                },
            cancellationToken);
        if (slice?.Value is not { Status: not SliceStatus.Open } ended)
            return;
        // What it has committed is curated: nobody else may come to say so.
        await slices.EmptyOutboxAsync(message, cancellationToken);
        await ends.EnterAsync(run, message, ended, cancellationToken);
    }
}

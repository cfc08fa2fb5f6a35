using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Messages;

/// <summary>Reads a queue's message, following its reference if it was too large for the queue.</summary>
/// <param name="blobs">Where large messages are.</param>
public sealed class WorkReader(IBlobStore blobs)
{
    /// <summary>Reads a message; what can't be read is a value that says why.</summary>
    /// <param name="queue">The queue it came from.</param>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<MessageReading> ReadAsync(string queue, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        try
        {
            if (JsonSerializer.Deserialize(body.Span, DocumentJson.Default.MessageReference)?.MessageBlob is { } name)
            {
                if (await blobs.GetAsync(name, cancellationToken) is not { } large)
                    return new UnreadableMessage($"The message's content '{name}' is gone. Start the run or the replay again.");
                body = large.Content;
            }

            return Parse(queue, body.Span);
        }
        catch (JsonException e)
        {
            return new UnreadableMessage($"The message isn't what the queue '{queue}' holds: {e.Message}");
        }
    }

    /// <summary>A message without what differs each time it is sent: where in a trace, and when. What isn't a message stays as it is.</summary>
    /// <param name="body">UTF-8.</param>
    public static byte[] WithoutContext(ReadOnlySpan<byte> body)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject message)
                return body.ToArray();
            foreach (string name in (string[])["traceparent", "tracestate", "dueAt"])
                message.Remove(name);
            return Encoding.UTF8.GetBytes(message.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return body.ToArray();
        }
    }

    private static MessageReading Parse(string queue, ReadOnlySpan<byte> json) => queue switch
    {
        QueueNames.Extract when JsonSerializer.Deserialize(json, DocumentJson.Default.ExtractMessage)
            is { Pipeline: not null, Stream: not null, Run: not null, Slice: >= 0 } extract => new ExtractWork(extract),
        QueueNames.Transform when JsonSerializer.Deserialize(json, DocumentJson.Default.TransformMessage)
            is { Pipeline: not null, Stream: not null, Blob: not null } transform => new TransformWork(transform),
        QueueNames.Erase when JsonSerializer.Deserialize(json, DocumentJson.Default.EraseMessage) is { Erasure: not null } erase => new EraseWork(erase),
        QueueNames.Tick when JsonSerializer.Deserialize(json, DocumentJson.Default.TickMessage) is { } tick => new TickWork(tick),
        _ => new UnreadableMessage($"The message lacks what the queue '{queue}' needs."),
    };
}

/// <summary>What a message was.</summary>
public abstract record MessageReading
{
    private protected MessageReading() { }
}

/// <summary>Work for Extract.</summary>
/// <param name="Message">The message.</param>
public sealed record ExtractWork(ExtractMessage Message) : MessageReading;

/// <summary>Work for Transform.</summary>
/// <param name="Message">The message.</param>
public sealed record TransformWork(TransformMessage Message) : MessageReading;

/// <summary>Work for Erase.</summary>
/// <param name="Message">The message.</param>
public sealed record EraseWork(EraseMessage Message) : MessageReading;

/// <summary>Work for Plan.</summary>
/// <param name="Message">The message.</param>
public sealed record TickWork(TickMessage Message) : MessageReading;

/// <summary>Not a message of ours: it goes to the dead letters.</summary>
/// <param name="Reason">Why, without its content.</param>
public sealed record UnreadableMessage(string Reason) : MessageReading;

using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Messages;

/// <summary>Sends work to the stages. A message that is too large for the queue goes to a blob and is sent as a reference.</summary>
/// <param name="queue">Where to send.</param>
/// <param name="blobs">Where large messages go.</param>
/// <param name="time">The clock.</param>
/// <remarks>
/// A message carries where in a trace it was sent: the given context, else where we are now, else (a message that is sent
/// again where nothing is traced) what it carried before.
/// </remarks>
public sealed class WorkSender(IWorkQueue queue, IBlobStore blobs, TimeProvider time)
{
    /// <summary>The folder of large messages; Watch clears it.</summary>
    public const string LargeMessages = BlobAreas.State + "/messages/";

    /// <summary>Sends a slice to Extract.</summary>
    public ValueTask SendAsync(
        ExtractMessage message, TimeSpan delay = default, TraceContext? context = null, CancellationToken cancellationToken = default) =>
        SendAsync(QueueNames.Extract, Stamp(message, context, delay), DocumentJson.Default.ExtractMessage, delay, cancellationToken);

    /// <summary>Sends a raw blob to Transform.</summary>
    public ValueTask SendAsync(
        TransformMessage message, TimeSpan delay = default, TraceContext? context = null, CancellationToken cancellationToken = default) =>
        SendAsync(QueueNames.Transform, Stamp(message, context, delay), DocumentJson.Default.TransformMessage, delay, cancellationToken);

    /// <summary>Wakes Plan.</summary>
    public ValueTask SendAsync(TickMessage message, TimeSpan delay = default, CancellationToken cancellationToken = default) =>
        SendAsync(QueueNames.Tick, Stamp(message, null, delay), DocumentJson.Default.TickMessage, delay, cancellationToken);

    /// <summary>Sends an erasure to Erase.</summary>
    public ValueTask SendAsync(EraseMessage message, TimeSpan delay = default, CancellationToken cancellationToken = default) =>
        SendAsync(QueueNames.Erase, Stamp(message, null, delay), DocumentJson.Default.EraseMessage, delay, cancellationToken);

    private T Stamp<T>(T message, TraceContext? context, TimeSpan delay)
        where T : WorkMessage
    {
        WorkMessage sent = message;
        context ??= TraceContext.Current ?? message.Context;
        return (T)(sent with
        {
            TraceParent = context?.Parent,
            TraceState = context?.State,
            DueAt = time.GetUtcNow() + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero),
        });
    }

    private async ValueTask SendAsync<T>(string name, T message, JsonTypeInfo<T> type, TimeSpan delay, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(message, type);
        if (json.Length > IWorkQueue.MaxMessageBytes)
            json = await StoreAsync(json, cancellationToken);
        await queue.SendAsync(name, json, delay, cancellationToken);
    }

    // Named by its content: sending the same message twice stores it once.
    private async ValueTask<byte[]> StoreAsync(byte[] json, CancellationToken cancellationToken)
    {
        string name = $"{LargeMessages}{Convert.ToHexStringLower(SHA256.HashData(json))}.json";
        await blobs.PutIfAbsentAsync(name, json, cancellationToken);
        return JsonSerializer.SerializeToUtf8Bytes(new MessageReference(name), DocumentJson.Default.MessageReference);
    }
}

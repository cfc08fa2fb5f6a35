using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Penstock.Pipelines.Documents;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Messages;

/// <summary>Sends work to the stages. A message that is too large for the queue goes to a blob and is sent as a reference.</summary>
/// <param name="queue">Where to send.</param>
/// <param name="blobs">Where large messages go.</param>
public sealed class WorkSender(IWorkQueue queue, IBlobStore blobs)
{
    /// <summary>The folder of large messages; Watch clears it.</summary>
    public const string LargeMessages = BlobAreas.State + "/messages/";

    /// <summary>Sends a slice to Extract.</summary>
    public ValueTask SendAsync(ExtractMessage message, TimeSpan delay = default, CancellationToken cancellationToken = default) =>
        SendAsync(QueueNames.Extract, message, DocumentJson.Default.ExtractMessage, delay, cancellationToken);

    /// <summary>Sends a raw blob to Transform.</summary>
    public ValueTask SendAsync(TransformMessage message, TimeSpan delay = default, CancellationToken cancellationToken = default) =>
        SendAsync(QueueNames.Transform, message, DocumentJson.Default.TransformMessage, delay, cancellationToken);

    /// <summary>Wakes Plan.</summary>
    public ValueTask SendAsync(TickMessage message, TimeSpan delay = default, CancellationToken cancellationToken = default) =>
        SendAsync(QueueNames.Tick, message, DocumentJson.Default.TickMessage, delay, cancellationToken);

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

using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Penstock.Pipelines.Ports;

namespace Penstock.Azure.Queues;

/// <summary>
/// Queues in Azure Storage, with base64 bodies as the Functions trigger expects them. A queue that is missing is made when it is
/// first sent to, if the identity may; messages never expire.
/// </summary>
/// <param name="service">The queue service; its message encoding must be base64 (<see cref="AzureClients"/> sees to it).</param>
public sealed class AzureWorkQueue(QueueServiceClient service) : IWorkQueue, IWorkReceiver
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan s_forEver = TimeSpan.FromSeconds(-1);

    /// <inheritdoc/>
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default)
    {
        delay = PortArguments.Message(queue, message, delay);
        QueueClient client = service.GetQueueClient(queue);
        var body = new BinaryData(message);
        try
        {
            await client.SendMessageAsync(body, delay, s_forEver, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await client.SendMessageAsync(body, delay, s_forEver, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WorkItem>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken = default)
    {
        PortArguments.Queue(queue);
        PortArguments.Visibility(visibility, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        try
        {
            QueueMessage[] messages = await service.GetQueueClient(queue).ReceiveMessagesAsync(Math.Min(max, MostAtOnce), visibility, cancellationToken);
            return [.. messages.Select(message => new WorkItem(queue, message.MessageId, message.PopReceipt, message.Body.ToMemory(), (int)message.DequeueCount))];
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CompleteAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        try
        {
            await service.GetQueueClient(item.Queue).DeleteMessageAsync(item.Id, item.Receipt, cancellationToken);
            return true;
        }
        catch (RequestFailedException exception) when (IsStale(exception))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WorkItem?> HideAsync(WorkItem item, TimeSpan visibility, CancellationToken cancellationToken = default)
    {
        PortArguments.Visibility(visibility, TimeSpan.Zero);
        try
        {
            UpdateReceipt updated = await service.GetQueueClient(item.Queue).UpdateMessageAsync(
                item.Id, item.Receipt, messageText: null, visibilityTimeout: visibility, cancellationToken: cancellationToken);
            return item with { Receipt = updated.PopReceipt };
        }
        catch (RequestFailedException exception) when (IsStale(exception))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> CountAsync(string queue, CancellationToken cancellationToken = default)
    {
        PortArguments.Queue(queue);
        try
        {
            QueueProperties properties = await service.GetQueueClient(queue).GetPropertiesAsync(cancellationToken);
            return properties.ApproximateMessagesCount;
        }
        catch (RequestFailedException exception) when (exception.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return 0;
        }
    }

    private static bool IsStale(RequestFailedException exception) =>
        exception.ErrorCode == QueueErrorCode.MessageNotFound || exception.ErrorCode == QueueErrorCode.PopReceiptMismatch || exception.ErrorCode == QueueErrorCode.QueueNotFound;
}

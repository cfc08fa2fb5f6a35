using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Memory;

/// <summary>Queues in memory, with the semantics of a storage queue: visibility, dequeue counts, receipts that go stale.</summary>
/// <param name="time">Decides what is visible.</param>
public sealed class MemoryWorkQueue(TimeProvider time) : IWorkQueue, IWorkReceiver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<(long VisibleAt, long Sequence), Message>> _queues = new(StringComparer.Ordinal);
    private long _sequence;

    /// <inheritdoc/>
    public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default)
    {
        delay = PortArguments.Message(queue, message, delay);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] copy = message.ToArray();
        lock (_lock)
            Put(queue, new Message($"{++_sequence}", copy, 0), delay);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkItem>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken = default)
    {
        PortArguments.Queue(queue);
        PortArguments.Visibility(visibility, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            long now = time.GetUtcNow().UtcTicks;
            var visible = Messages(queue).TakeWhile(pair => pair.Key.VisibleAt <= now).Take(max).ToList();
            var items = new List<WorkItem>(visible.Count);
            foreach (var (place, message) in visible)
            {
                Messages(queue).Remove(place);
                items.Add(Put(queue, message with { DequeueCount = message.DequeueCount + 1 }, visibility));
            }

            return ValueTask.FromResult<IReadOnlyList<WorkItem>>(items);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> CompleteAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(Messages(item.Queue).Remove(PlaceOf(item.Receipt)));
    }

    /// <inheritdoc/>
    public ValueTask<WorkItem?> HideAsync(WorkItem item, TimeSpan visibility, CancellationToken cancellationToken = default)
    {
        PortArguments.Visibility(visibility, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(Messages(item.Queue).Remove(PlaceOf(item.Receipt), out Message? message) ? Put(item.Queue, message, visibility) : null);
    }

    /// <inheritdoc/>
    public ValueTask<int> CountAsync(string queue, CancellationToken cancellationToken = default)
    {
        PortArguments.Queue(queue);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return ValueTask.FromResult(Messages(queue).Count);
    }

    private SortedDictionary<(long VisibleAt, long Sequence), Message> Messages(string queue) =>
        _queues.TryGetValue(queue, out var messages) ? messages : _queues[queue] = [];

    // A message's place in the queue is its receipt: it changes with every take and every hide.
    private WorkItem Put(string queue, Message message, TimeSpan hidden)
    {
        (long VisibleAt, long Sequence) place = ((time.GetUtcNow() + hidden).UtcTicks, ++_sequence);
        Messages(queue).Add(place, message);
        return new WorkItem(queue, message.Id, $"{place.VisibleAt}.{place.Sequence}", message.Body, message.DequeueCount);
    }

    private static (long VisibleAt, long Sequence) PlaceOf(string receipt)
    {
        int dot = receipt.IndexOf('.');
        return (long.Parse(receipt.AsSpan(0, dot)), long.Parse(receipt.AsSpan(dot + 1)));
    }

    private sealed record Message(string Id, byte[] Body, int DequeueCount);
}

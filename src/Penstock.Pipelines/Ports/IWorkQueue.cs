namespace Penstock.Pipelines.Ports;

/// <summary>Sends work. Delivery is at least once, in no order.</summary>
public interface IWorkQueue
{
    /// <summary>The most bytes that a message may have: base64 leaves 48 KiB of a storage queue's 64 KiB.</summary>
    const int MaxMessageBytes = 48 * 1024;

    /// <summary>Sends a message that becomes visible after a delay.</summary>
    /// <param name="queue">One of <see cref="QueueNames"/>.</param>
    /// <param name="message">UTF-8 JSON, at most <see cref="MaxMessageBytes"/>.</param>
    /// <param name="delay">At most 7 days; zero or less for at once.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <exception cref="ArgumentException">The message is too large.</exception>
    ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default);
}

/// <summary>Receives work where no Functions host does it: the local host and the tests.</summary>
public interface IWorkReceiver
{
    /// <summary>Takes up to <paramref name="max"/> visible messages and hides them for a while; none if there are none.</summary>
    ValueTask<IReadOnlyList<WorkItem>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken = default);

    /// <summary>Deletes a message that is done; says false if it was shown and taken again meanwhile, or is gone.</summary>
    ValueTask<bool> CompleteAsync(WorkItem item, CancellationToken cancellationToken = default);

    /// <summary>Hides a message for longer (or, with zero, shows it at once); null if it was taken again meanwhile, or is gone.</summary>
    ValueTask<WorkItem?> HideAsync(WorkItem item, TimeSpan visibility, CancellationToken cancellationToken = default);

    /// <summary>Counts the messages of a queue, hidden ones included, approximately.</summary>
    ValueTask<int> CountAsync(string queue, CancellationToken cancellationToken = default);
}

/// <summary>A message that was taken from a queue.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Id">The message's id.</param>
/// <param name="Receipt">Proves that it is still ours; a new one with every take.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="DequeueCount">How often it was taken, this time included.</param>
public sealed record WorkItem(string Queue, string Id, string Receipt, ReadOnlyMemory<byte> Body, int DequeueCount);

/// <summary>The queues.</summary>
public static class QueueNames
{
    /// <summary>Delayed ticks: they plan when no timer does.</summary>
    public const string Tick = "tick";

    /// <summary>One message a slice.</summary>
    public const string Extract = "extract";

    /// <summary>One message a raw blob.</summary>
    public const string Transform = "transform";

    /// <summary>One message an erasure.</summary>
    public const string Erase = "erase";

    /// <summary>The suffix of the queue that holds what failed too often.</summary>
    public const string PoisonSuffix = "-poison";

    /// <summary>Every queue that a stage reads.</summary>
    public static IReadOnlyList<string> All { get; } = [Tick, Extract, Transform, Erase];
}

using System.Collections.Concurrent;
using Penstock.Pipelines.Ports;

namespace Penstock.Cli.Tests.LocalHost;

/// <summary>A queue that tells when its host has nothing to do until the clock goes on.</summary>
/// <param name="queue">The queue.</param>
/// <param name="receiver">The same, to receive from.</param>
/// <param name="bell">Rings with each message that is sent.</param>
internal sealed class ObservedQueue(IWorkQueue queue, IWorkReceiver receiver, Bell bell) : IWorkQueue, IWorkReceiver
{
    // What waits for the clock while it works on a message gets a step all the same.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _empty = new(StringComparer.Ordinal);
    private TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _step;
    private int _working;

    /// <summary>How many messages a queue was sent.</summary>
    public int SentTo(string name) => _sent.GetValueOrDefault(name);

    /// <summary>Waits until nobody works on a message, and every queue was found empty since the last step.</summary>
    public Task QuietAsync() => Task.WhenAny(_quiet.Task, Task.Delay(Patience));

    /// <summary>The clock goes on.</summary>
    public void Step()
    {
        lock (_lock)
        {
            _step++;
            _empty.Clear();
            _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async ValueTask SendAsync(string name, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default)
    {
        await queue.SendAsync(name, message, delay, cancellationToken);
        _sent.AddOrUpdate(name, 1, static (_, sent) => sent + 1);
        bell.Ring();
    }

    public async ValueTask<IReadOnlyList<WorkItem>> ReceiveAsync(string name, int max, TimeSpan visibility, CancellationToken cancellationToken = default)
    {
        int step = Volatile.Read(ref _step);
        IReadOnlyList<WorkItem> items = await receiver.ReceiveAsync(name, max, visibility, cancellationToken);
        Change(() =>
        {
            _working += items.Count;
            if (items.Count == 0 && step == _step)
                _empty.Add(name);
        });
        return items;
    }

    public async ValueTask<bool> CompleteAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        bool isDone = await receiver.CompleteAsync(item, cancellationToken);
        Change(() => _working--);
        return isDone;
    }

    public ValueTask<WorkItem?> HideAsync(WorkItem item, TimeSpan visibility, CancellationToken cancellationToken = default) => receiver.HideAsync(item, visibility, cancellationToken);

    public ValueTask<int> CountAsync(string name, CancellationToken cancellationToken = default) => receiver.CountAsync(name, cancellationToken);

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            if (_working == 0 && _empty.Count == QueueNames.All.Count)
                _quiet.TrySetResult();
        }
    }
}

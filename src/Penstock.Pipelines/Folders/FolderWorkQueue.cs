using System.Collections.Concurrent;
using Penstock.Pipelines.Ports;

namespace Penstock.Pipelines.Folders;

/// <summary>
/// Queues as folders: <c>{folder}/queues/{queue}/</c>, a file a message. Several processes may send and receive; what was sent
/// survives their death. Takes are renames, so of many receivers exactly one gets a message.
/// </summary>
/// <remarks>
/// A file's name tells all but the body: <c>{visible at: ticks in hex}-{dequeue count}-{id}-{take}.json</c>. It is the receipt too:
/// every take and every hide gives the file another name.
/// </remarks>
public sealed class FolderWorkQueue : IWorkQueue, IWorkReceiver
{
    private readonly DataFolder _folder;
    private readonly TimeProvider _time;
    private readonly IIdSource _ids;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _visible = new(StringComparer.Ordinal);

    /// <summary>Uses a folder; makes it if need be.</summary>
    /// <param name="folder">The data folder, shared with the other folder stores.</param>
    /// <param name="time">Decides what is visible; every process must have the same time.</param>
    /// <param name="ids">Gives the messages' ids.</param>
    /// <exception cref="IOException">The folder can't be made; the message says why and what to do.</exception>
    public FolderWorkQueue(string folder, TimeProvider time, IIdSource ids) => (_folder, _time, _ids) = (new DataFolder(folder, "queues"), time, ids);

    /// <inheritdoc/>
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay = default, CancellationToken cancellationToken = default)
    {
        delay = PortArguments.Message(queue, message, delay);
        string path = Path.Combine(QueueFolder(queue), new MessageName(VisibleAfter(delay), 0, _ids.Next(), _ids.Next()).ToString());
        await FolderErrors.ExplainAsync(path, () => _folder.ReplaceAsync(path, message, null, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WorkItem>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken = default)
    {
        PortArguments.Queue(queue);
        PortArguments.Visibility(visibility, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        var items = new List<WorkItem>();
        ConcurrentQueue<string> visible = _visible.GetOrAdd(queue, _ => []);
        for (bool listed = false; items.Count < max;)
        {
            if (visible.TryDequeue(out string? name))
            {
                if (await RenameAsync(queue, name, taken: 1, visibility, cancellationToken) is { } item)
                    items.Add(item);
            }
            else if (listed)
                break;
            else
            {
                ListVisible(queue, visible);
                listed = true;
            }
        }

        return items;
    }

    /// <inheritdoc/>
    public ValueTask<bool> CompleteAsync(WorkItem item, CancellationToken cancellationToken = default)
    {
        // A delete doesn't tell whether there was a file; a rename does.
        string done = _folder.TemporaryPath();
        if (!TryMove(Path.Combine(QueueFolder(item.Queue), item.Receipt), done))
            return ValueTask.FromResult(false);
        File.Delete(done);
        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public async ValueTask<WorkItem?> HideAsync(WorkItem item, TimeSpan visibility, CancellationToken cancellationToken = default)
    {
        PortArguments.Visibility(visibility, TimeSpan.Zero);
        return await RenameAsync(item.Queue, item.Receipt, taken: 0, visibility, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<int> CountAsync(string queue, CancellationToken cancellationToken = default) => ValueTask.FromResult(Names(queue).Count());

    private async Task<WorkItem?> RenameAsync(string queue, string from, int taken, TimeSpan visibility, CancellationToken cancellationToken)
    {
        MessageName old = MessageName.TryParse(from) ?? throw new ArgumentException($"'{from}' is no receipt of this queue.", nameof(from));
        MessageName name = old with { VisibleAt = VisibleAfter(visibility), Count = old.Count + taken, Take = _ids.Next() };
        string path = Path.Combine(QueueFolder(queue), name.ToString());
        if (!TryMove(Path.Combine(QueueFolder(queue), from), path))
            return null;
        return new WorkItem(queue, name.Id, name.ToString(), await File.ReadAllBytesAsync(path, cancellationToken), name.Count);
    }

    // Keeps the oldest: who polls a long queue needn't list it for every message, and memory stays flat.
    private void ListVisible(string queue, ConcurrentQueue<string> visible)
    {
        const int Kept = 1024;
        long now = VisibleAfter(TimeSpan.Zero);
        var oldest = new PriorityQueue<string, string>(Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a)));
        foreach (string name in Names(queue).Where(name => MessageName.TryParse(name)?.VisibleAt <= now))
        {
            oldest.Enqueue(name, name);
            if (oldest.Count > Kept)
                oldest.Dequeue();
        }

        foreach (string name in oldest.UnorderedItems.Select(item => item.Element).Order(StringComparer.Ordinal))
            visible.Enqueue(name);
    }

    private IEnumerable<string> Names(string queue)
    {
        var folder = new DirectoryInfo(QueueFolder(queue));
        return folder.Exists ? folder.EnumerateFiles().Select(file => file.Name).Where(name => MessageName.TryParse(name) is not null) : [];
    }

    private string QueueFolder(string queue)
    {
        PortArguments.Queue(queue);
        return Path.Combine(_folder.Root, "queues", queue);
    }

    private long VisibleAfter(TimeSpan delay) => (_time.GetUtcNow() + delay).UtcTicks;

    private static bool TryMove(string from, string to)
    {
        try
        {
            return FolderErrors.Explain(from, () =>
            {
                File.Move(from, to, overwrite: true);
                return true;
            });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }
}

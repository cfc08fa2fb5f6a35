using Penstock.Pipelines.Memory;
using Penstock.Pipelines.Ports;
using Penstock.Testing;

namespace Penstock.Simulation.Hosting;

/// <summary>
/// The queues, and who waits at them: hosts are woken when a message becomes visible. If the seed says so, messages come late,
/// hence in another order, and now and then twice.
/// </summary>
public sealed class Mail(ManualTimeProvider time, Random chance)
{
    private readonly Dictionary<string, List<TaskCompletionSource>> _waiting = [];

    /// <summary>The messages.</summary>
    public MemoryWorkQueue Queue { get; } = new(time);

    /// <summary>How often a message comes twice or late; 0 for never.</summary>
    public double Disorder { get; set; }

    /// <summary>Puts a message into a queue.</summary>
    public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay)
    {
        await PutAsync(queue, message, delay + Late());
        if (Disorder > 0 && chance.NextDouble() < Disorder)
            await PutAsync(queue, message, delay + Late());
    }

    /// <summary>Takes a visible message and hides it; null if there is none.</summary>
    public async ValueTask<WorkItem?> TakeAsync(string queue, TimeSpan visibility)
    {
        if (await Queue.ReceiveAsync(queue, 1, visibility) is not [var item])
            return null;
        Expect(queue, visibility);
        return item;
    }

    /// <summary>Shows a message again after a while.</summary>
    public async ValueTask HideAsync(WorkItem item, TimeSpan visibility)
    {
        if (await Queue.HideAsync(item, visibility) is not null)
            Expect(item.Queue, visibility);
    }

    /// <summary>Somebody empties a queue.</summary>
    public async Task EmptyAsync(string queue)
    {
        while (await Queue.ReceiveAsync(queue, 32, TimeSpan.FromSeconds(1)) is { Count: > 0 } lost)
        {
            foreach (WorkItem item in lost)
                await Queue.CompleteAsync(item);
        }
    }

    /// <summary>Waits until a message may have become visible.</summary>
    public Task WaitAsync(string queue)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting(queue).Add(waiting);
        return waiting.Task;
    }

    private async ValueTask PutAsync(string queue, ReadOnlyMemory<byte> message, TimeSpan delay)
    {
        await Queue.SendAsync(queue, message, delay);
        Expect(queue, delay);
    }

    private TimeSpan Late() =>
        Disorder > 0 && chance.NextDouble() < Disorder ? TimeSpan.FromSeconds(chance.Next(1, chance.Next(1, 240))) : TimeSpan.Zero;

    private void Expect(string queue, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
            Ring(queue);
        else
            time.CreateTimer(_ => Ring(queue), null, delay, Timeout.InfiniteTimeSpan);
    }

    private void Ring(string queue)
    {
        List<TaskCompletionSource> waiting = Waiting(queue);
        TaskCompletionSource[] woken = [.. waiting];
        waiting.Clear();
        foreach (TaskCompletionSource one in woken)
            one.SetResult();
    }

    private List<TaskCompletionSource> Waiting(string queue) =>
        _waiting.TryGetValue(queue, out var waiting) ? waiting : _waiting[queue] = [];
}

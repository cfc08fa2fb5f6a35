using Penstock.Pipelines.Dispatch;
using Penstock.Pipelines.Ports;
using Penstock.Simulation.Faults;

namespace Penstock.Simulation.Hosting;

/// <summary>
/// Hands messages to a worker as the Functions host does: one that fails is shown again, one that failed five times is given
/// up, and one whose work takes longer than it is hidden is delivered again while the first copy still runs.
/// </summary>
public sealed class QueueHost(World world, Worker worker)
{
    private const int MaxDequeueCount = 5;
    private const int Slots = 2;
    private static readonly TimeSpan s_visibility = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(10);

    /// <summary>Begins to take messages.</summary>
    public void Start()
    {
        foreach (string queue in QueueNames.All)
        {
            for (int slot = 0; slot < Slots; slot++)
                _ = world.Scheduler.Start(() => PumpAsync(queue));
        }
    }

    private async Task PumpAsync(string queue)
    {
        while (true)
        {
            await Task.Yield();
            await worker.AliveAsync();
            if (await world.Mail.TakeAsync(queue, s_visibility) is { } item)
                await world.GuardAsync(worker, $"{queue} message", () => WorkAsync(item));
            else
                await world.Mail.WaitAsync(queue);
        }
    }

    private async Task WorkAsync(WorkItem item)
    {
        world.Tally.Deliveries++;
        worker.Busy++;
        try
        {
            if (world.Mutant.CompletesBeforeWork)
                await CompleteAsync(item);
            DateTimeOffset deadline = worker.Time.GetUtcNow() + world.Scenario.TimeLimit;
            Shift.Current = new Shift(world.Time.GetUtcNow(), deadline) { Slice = Shift.SliceOf(item) };
            WorkDispatcher dispatcher = worker.Get<WorkDispatcher>();
            if (item.DequeueCount > MaxDequeueCount)
                await dispatcher.GiveUpAsync(item.Queue, item.Body, $"It failed {MaxDequeueCount} times.");
            else
                await dispatcher.HandleAsync(item.Queue, item.Body, deadline);
            await CompleteAsync(item);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await world.Mail.HideAsync(item, s_retryDelay);
            throw;
        }
        finally
        {
            worker.Busy--;
        }
    }

    private ValueTask<bool> CompleteAsync(WorkItem item) =>
        world.Wire.CallAsync(worker, CallKind.Complete, item.Queue, () => world.Mail.Queue.CompleteAsync(item));
}

using Microsoft.Extensions.Logging;
using Penstock.Pipelines.Ports;
using Penstock.Pipelines.Telemetry;

namespace Penstock.Pipelines.Dispatch;

/// <summary>How a pump works.</summary>
public sealed record PumpOptions
{
    /// <summary>How many messages of each queue are worked on at once; default 4.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>How often a message may fail before it is a dead letter; default 5, as in Azure Functions.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message stays hidden while it is worked on; it is renewed at half of it. Default 30 seconds.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The delay before a message that failed comes again; default 2 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often an empty queue is looked at; default every 100 ms.</summary>
    public TimeSpan IdleDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a stage may work on one message before it must stop gracefully; default 5 minutes.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Does for the local host what the Functions host does in Azure: takes messages, hands them on, retries, gives up.</summary>
/// <param name="receiver">Where messages come from.</param>
/// <param name="dispatcher">Handles them.</param>
/// <param name="options">How it works.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where failures go.</param>
public sealed class QueuePump(
    IWorkReceiver receiver, WorkDispatcher dispatcher, PumpOptions options, TimeProvider time, ILogger<QueuePump> log)
{
    /// <summary>Is called after each message with what became of it; null where it failed and comes again.</summary>
    public Action<WorkItem, WorkOutcome?>? Worked { get; set; }

    /// <summary>Pumps all queues until it is cancelled; messages that are being worked on come again later.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(QueueNames.All.SelectMany(queue => Enumerable.Range(0, options.Parallelism).Select(_ => PumpAsync(queue, cancellationToken))));

    private async Task PumpAsync(string queue, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await receiver.ReceiveAsync(queue, 1, options.Visibility, cancellationToken) is [var item])
                    await WorkAsync(item, cancellationToken);
                else
                    await Task.Delay(options.IdleDelay, time, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The store is down or full: the messages are still there.
                LogMessages.QueueFailed(log, queue, e);
                await Task.Delay(options.RetryDelay, time, CancellationToken.None);
            }
        }
    }

    private async Task WorkAsync(WorkItem item, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hold = new HeldItem(receiver, item, options.Visibility, time);
        Task renewing = hold.RenewAsync(stop.Token);
        WorkOutcome? outcome = null;
        try
        {
            outcome = item.DequeueCount > options.MaxDequeueCount
                ? await dispatcher.GiveUpAsync(item.Queue, item.Body, $"It failed {options.MaxDequeueCount} times.", cancellationToken)
                : await dispatcher.HandleAsync(item.Queue, item.Body, time.GetUtcNow() + options.TimeLimit, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops: another may take the message at once.
        }
        catch (Exception e)
        {
            LogMessages.MessageFailed(log, item.Queue, item.Id, item.DequeueCount, options.MaxDequeueCount, e);
        }
        finally
        {
            await stop.CancelAsync();
            await renewing;
        }

        if (outcome is null)
            await receiver.HideAsync(hold.Item, cancellationToken.IsCancellationRequested ? TimeSpan.Zero : options.RetryDelay, CancellationToken.None);
        else
            await receiver.CompleteAsync(hold.Item, CancellationToken.None);
        Worked?.Invoke(item, outcome);
    }

    private sealed class HeldItem(IWorkReceiver receiver, WorkItem item, TimeSpan visibility, TimeProvider time)
    {
        public WorkItem Item { get; private set; } = item;

        public async Task RenewAsync(CancellationToken cancellationToken)
        {
            try
            {
                while (true)
                {
                    await Task.Delay(visibility / 2, time, cancellationToken);
                    // Not cancellable half-way: the receipt of a renewal that was made must not get lost.
                    if (await receiver.HideAsync(Item, visibility, CancellationToken.None) is not { } renewed)
                        return;
                    Item = renewed;
                }
            }
            catch (OperationCanceledException)
            {
                // The work is done.
            }
        }
    }
}

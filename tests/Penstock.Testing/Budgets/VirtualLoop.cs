namespace Penstock.Testing.Budgets;

/// <summary>
/// Runs many tasks in virtual time on one thread: what can go on goes on, and when nothing can, the clock jumps to the next
/// timer. The same tasks always run in the same order.
/// </summary>
/// <param name="time">The clock that the tasks wait on.</param>
public sealed class VirtualLoop(ManualTimeProvider time)
{
    /// <summary>Runs the tasks to their end.</summary>
    public void Run(params IReadOnlyList<Func<Task>> tasks)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        var queue = new Continuations();
        SynchronizationContext.SetSynchronizationContext(queue);
        try
        {
            Task all = Task.WhenAll(tasks.Select(task => task()).ToArray());
            while (true)
            {
                queue.Drain();
                if (all.IsCompleted)
                    break;
                time.AdvanceTo(time.NextTimer ?? throw new InvalidOperationException("Tasks wait for something that isn't a timer."));
            }

            all.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private sealed class Continuations : SynchronizationContext
    {
        private readonly Lock _lock = new();
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (_lock)
                _queue.Enqueue((d, state));
        }

        public void Drain()
        {
            while (Next() is var (callback, state))
                callback(state);
        }

        private (SendOrPostCallback Callback, object? State)? Next()
        {
            lock (_lock)
                return _queue.TryDequeue(out var next) ? next : null;
        }
    }
}

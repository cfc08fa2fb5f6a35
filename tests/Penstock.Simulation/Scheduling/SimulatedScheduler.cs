namespace Penstock.Simulation.Scheduling;

/// <summary>
/// Runs tasks on one thread, in an order that a seed chooses. What awaits goes on here too, so that a run is a function of its
/// seed: two workers that are ready at once are interleaved in every way that some seed chooses.
/// </summary>
public sealed class SimulatedScheduler(Random chance) : TaskScheduler
{
    private readonly List<Task> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Starts work; its exceptions are its own.</summary>
    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Runs one of the tasks that are ready; false if there is none.</summary>
    public bool Step()
    {
        if (_ready.Count == 0)
            return false;
        int chosen = _ready.Count == 1 ? 0 : chance.Next(_ready.Count);
        Task task = _ready[chosen];
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        TryExecuteTask(task);
        return true;
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("Something left the simulation's thread: the run can't be repeated from its seed.");
        _ready.Add(task);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Environment.CurrentManagedThreadId == _thread && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}

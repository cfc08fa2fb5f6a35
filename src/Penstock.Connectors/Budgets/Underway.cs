using System.Collections.Immutable;

namespace Penstock.Connectors.Budgets;

/// <summary>The calls that are under way, by worker, where the source limits how many may be. A worker that dies holds its own for a while only.</summary>
public static class Underway
{
    // Longer than any call may take.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Recheck = TimeSpan.FromMilliseconds(100);

    /// <summary>Without those of workers that are gone.</summary>
    public static ImmutableDictionary<string, WorkerCalls> At(this ImmutableDictionary<string, WorkerCalls> workers, DateTimeOffset now) =>
        workers.RemoveRange(workers.Where(worker => worker.Value.Until <= now || worker.Value.Calls <= 0).Select(worker => worker.Key));

    /// <summary>When one more may begin.</summary>
    public static DateTimeOffset FreeAt(this ImmutableDictionary<string, WorkerCalls> workers, DateTimeOffset now, int? limit) =>
        limit is null || workers.Values.Sum(worker => worker.Calls) < limit ? now : now + Recheck;

    /// <summary>Counts a call that begins.</summary>
    public static ImmutableDictionary<string, WorkerCalls> Begin(this ImmutableDictionary<string, WorkerCalls> workers, string worker, DateTimeOffset now) =>
        workers.SetItem(worker, new WorkerCalls(workers.GetValueOrDefault(worker).Calls + 1, now + Longest));

    /// <summary>Counts a call that has ended.</summary>
    public static ImmutableDictionary<string, WorkerCalls> End(this ImmutableDictionary<string, WorkerCalls> workers, string worker) =>
        !workers.TryGetValue(worker, out var calls) ? workers
        : calls.Calls > 1 ? workers.SetItem(worker, calls with { Calls = calls.Calls - 1 })
        : workers.Remove(worker);
}

/// <summary>One worker's calls under way.</summary>
/// <param name="Calls">How many.</param>
/// <param name="Until">When they count no longer: the worker is gone.</param>
public readonly record struct WorkerCalls(int Calls, DateTimeOffset Until);

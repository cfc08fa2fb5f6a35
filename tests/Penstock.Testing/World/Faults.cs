using Penstock.Pipelines.Ports;

namespace Penstock.Testing.World;

/// <summary>The worker dies here: nothing after this line happens, and nobody catches it.</summary>
public sealed class CrashException(string where) : Exception($"Crashed {where}.");

/// <summary>
/// Decides at each call to a port whether the worker dies before it, or after it took effect, or whether a write that took
/// effect is reported as a conflict: what an SDK's own retry sees when the first answer was lost.
/// </summary>
/// <param name="crash">Given <c>before n name</c>, <c>after n name</c> or <c>lost n name</c>, n counting all calls; true for the fault.</param>
public sealed class Faults(Func<string, bool> crash)
{
    private bool _isDead;

    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Whether a worker that has crashed makes no more calls until the next one starts, as after kill -9; or fails once and goes on.</summary>
    public bool StaysDead { get; set; }

    /// <summary>Crashes so far.</summary>
    public int Crashes { get; private set; }

    /// <summary>Writes whose answers were lost so far.</summary>
    public int Lost { get; private set; }

    /// <summary>The platform starts another worker.</summary>
    public void Restart() => _isDead = false;

    public async ValueTask<T> AroundAsync<T>(string name, Func<ValueTask<T>> call)
    {
        if (_isDead)
            throw new CrashException($"before {name}, long ago");
        int n = Calls++;
        Crash($"before {n} {name}");
        T result = await call();
        Crash($"after {n} {name}");
        return result;
    }

    /// <summary>A conditional write, whose answer may be lost as well.</summary>
    public async ValueTask<PutOutcome> AroundAsync(string name, Func<ValueTask<PutOutcome>> write)
    {
        int n = Calls;
        PutOutcome outcome = await AroundAsync<PutOutcome>(name, write);
        if (outcome is not Stored || !crash($"lost {n} {name}"))
            return outcome;
        Lost++;
        return PutConflict.Instance;
    }

    private void Crash(string where)
    {
        if (!crash(where))
            return;
        Crashes++;
        _isDead = StaysDead;
        throw new CrashException(where);
    }
}

namespace Penstock.Testing.World;

/// <summary>The worker dies here: nothing after this line happens, and nobody catches it.</summary>
public sealed class CrashException(string where) : Exception($"Crashed {where}.");

/// <summary>Decides at each call to a port whether the worker dies before it, or after it took effect.</summary>
/// <param name="crash">Given <c>before n name</c> or <c>after n name</c>, n counting all calls; true to crash.</param>
public sealed class Faults(Func<string, bool> crash)
{
    /// <summary>Calls so far.</summary>
    public int Calls { get; private set; }

    /// <summary>Crashes so far.</summary>
    public int Crashes { get; private set; }

    public async ValueTask<T> AroundAsync<T>(string name, Func<ValueTask<T>> call)
    {
        int n = Calls++;
        Crash($"before {n} {name}");
        T result = await call();
        Crash($"after {n} {name}");
        return result;
    }

    private void Crash(string where)
    {
        if (!crash(where))
            return;
        Crashes++;
        throw new CrashException(where);
    }
}

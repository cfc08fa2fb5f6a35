namespace Penstock.Pipelines.Costs;

/// <summary>How large an instance is.</summary>
/// <param name="Gigabytes">Its memory, which is what is charged for; default 2, as the deployment's.</param>
public sealed record InstanceSize(double Gigabytes = 2);

/// <summary>
/// Shares an instance's time among the executions that it works on at once: an instance is charged for once, however many share
/// it. All shares add up to the time in which anything was worked on.
/// </summary>
/// <param name="size">How large the instance is.</param>
/// <param name="time">The clock.</param>
public sealed class InstanceTime(InstanceSize size, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _last = time.GetTimestamp();
    private double _shared;
    private int _active;

    /// <summary>The GB-seconds that one execution would have had, had it run from the beginning; differences are its share.</summary>
    public double Shared()
    {
        lock (_lock)
            return Advance();
    }

    /// <summary>An execution begins.</summary>
    public double Enter()
    {
        lock (_lock)
        {
            double shared = Advance();
            _active++;
            return shared;
        }
    }

    /// <summary>An execution ends.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            Advance();
            _active--;
        }
    }

    private double Advance()
    {
        long now = time.GetTimestamp();
        if (_active > 0)
            _shared += time.GetElapsedTime(_last, now).TotalSeconds * size.Gigabytes / _active;
        _last = now;
        return _shared;
    }
}

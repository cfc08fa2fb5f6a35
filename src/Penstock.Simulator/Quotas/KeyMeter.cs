namespace Penstock.Simulator;

/// <summary>All quotas of one key: a call is let through when each has room, and then counts against each.</summary>
internal sealed class KeyMeter(IReadOnlyList<Quota> quotas)
{
    private readonly Lock _lock = new();
    private readonly QuotaMeter[] _meters = [.. quotas.Select(QuotaMeter.For)];

    public Permit Take(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_meters.Any(meter => meter.Look(now).Wait > TimeSpan.Zero))
                return new(this, Allowed: false, States(now));
            foreach (var meter in _meters) meter.Take(now);
            return new(this, Allowed: true, States(now));
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            foreach (var meter in _meters) meter.Release();
        }
    }

    private QuotaState[] States(DateTimeOffset now) => [.. _meters.Select(meter => meter.Look(now))];

    /// <summary>The answer to one call; disposed when the call is over.</summary>
    public readonly record struct Permit(KeyMeter Meter, bool Allowed, QuotaState[] States) : IDisposable
    {
        public void Dispose()
        {
            if (Allowed) Meter.Release();
        }
    }
}

namespace Penstock.Connectors.Budgets;

/// <summary>
/// A speed that is found by trying, where nothing is declared: unlimited until the source refuses a call, then halved at
/// each refusal and raised by a constant step while the source is content (AIMD).
/// </summary>
public sealed record Pace
{
    private const double Decrease = 0.5;
    private const double SecondsToRecover = 20;
    private const double Slowest = 1.0 / 60;
    private static readonly TimeSpan Counting = TimeSpan.FromSeconds(5);

    // Calls that were under way together are refused together; that is one refusal.
    private static readonly TimeSpan OneRefusal = TimeSpan.FromSeconds(1);

    /// <summary>Unlimited.</summary>
    public static Pace Unlimited { get; } = new();

    /// <summary>The speed; null while unlimited.</summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>How much the speed grows each second, in calls per second.</summary>
    public double Step { get; init; }

    /// <summary>When <see cref="CallsPerSecond"/> held.</summary>
    public DateTimeOffset SpeedAt { get; init; }

    /// <summary>When the source last refused a call.</summary>
    public DateTimeOffset RefusedAt { get; init; }

    /// <summary>When the next call may be made.</summary>
    public DateTimeOffset NextFree { get; init; }

    /// <summary>The start of the interval in which calls are counted, to know the speed while unlimited.</summary>
    public DateTimeOffset CountedFrom { get; init; }

    /// <summary>The calls of that interval.</summary>
    public int Counted { get; init; }

    /// <summary>When calls may be made.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now) => CallsPerSecond is null || NextFree < now ? now : NextFree;

    /// <summary>Counts calls that are made now.</summary>
    public Pace Take(DateTimeOffset now, int calls)
    {
        var counted = now - CountedFrom < Counting ? this with { Counted = Counted + calls } : this with { CountedFrom = now, Counted = calls };
        if (CallsPerSecond is null)
        {
            return counted;
        }

        var speed = Speed(now);
        var from = NextFree > now ? NextFree : now;
        return counted with { CallsPerSecond = speed, SpeedAt = now, NextFree = from + TimeSpan.FromSeconds(calls / speed) };
    }

    /// <summary>The source refused a call for its limit.</summary>
    public Pace Refuse(DateTimeOffset now)
    {
        if (now - RefusedAt < OneRefusal)
        {
            return this;
        }

        var speed = Math.Max(Speed(now) * Decrease, Slowest);
        return this with
        {
            CallsPerSecond = speed,
            Step = speed / SecondsToRecover,
            SpeedAt = now,
            RefusedAt = now,
            NextFree = now + TimeSpan.FromSeconds(1 / speed),
        };
    }

    private double Speed(DateTimeOffset now) => CallsPerSecond is { } speed
        ? speed + (Step * Math.Max(0, (now - SpeedAt).TotalSeconds))
        : Counted / Math.Max(1, (now - CountedFrom).TotalSeconds);
}

namespace Penstock.Simulator;

/// <summary>Counts the calls of one key against one quota. Not thread-safe: its <see cref="KeyMeter"/> locks.</summary>
internal abstract class QuotaMeter
{
    public static QuotaMeter For(Quota quota) => quota switch
    {
        Quota.FixedWindow window => new FixedWindowMeter(window),
        Quota.MovingWindow window => new MovingWindowMeter(window),
        Quota.TokenBucket bucket => new TokenBucketMeter(bucket),
        Quota.Concurrency concurrency => new ConcurrencyMeter(concurrency),
        _ => throw new ArgumentOutOfRangeException(nameof(quota), quota, "This kind of quota is not known."),
    };

    public abstract QuotaState Look(DateTimeOffset now);

    /// <summary>Takes one call; only after <see cref="Look"/> said that there is room, at the same moment.</summary>
    public abstract void Take(DateTimeOffset now);

    /// <summary>The call is over.</summary>
    public virtual void Release() { }
}

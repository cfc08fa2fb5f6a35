namespace Penstock.Simulator;

internal sealed class TokenBucketMeter(Quota.TokenBucket quota) : QuotaMeter
{
    private const double Rounding = 1e-9;

    private double _tokens = quota.Capacity;
    private DateTimeOffset? _filled;

    public override QuotaState Look(DateTimeOffset now)
    {
        var elapsed = now - (_filled ?? now);
        _tokens = Math.Min(quota.Capacity, _tokens + elapsed.TotalSeconds * quota.PerSecond);
        _filled = now;
        // A caller that waited exactly as long as it was told must find its token, whatever the last digit says.
        var remaining = (int)(_tokens + Rounding);
        var wait = remaining > 0 ? TimeSpan.Zero : Until(1);
        var reset = remaining > 0 ? Until(quota.Capacity) : wait;
        return new(quota.Name, quota.Capacity, remaining, TimeSpan.FromSeconds(quota.Capacity / quota.PerSecond), reset, wait);
    }

    public override void Take(DateTimeOffset now) => _tokens = Math.Max(0, _tokens - 1);

    private TimeSpan Until(double tokens) =>
        TimeSpan.FromTicks((long)Math.Ceiling(Math.Max(0, tokens - _tokens) / quota.PerSecond * TimeSpan.TicksPerSecond));
}

namespace Penstock.Simulation.Scheduling;

/// <summary>A worker's clock: the world's, some seconds fast or slow.</summary>
public sealed class SkewedTime(TimeProvider world, TimeSpan skew) : TimeProvider
{
    public override long TimestampFrequency => world.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + skew;

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        world.CreateTimer(callback, state, dueTime, period);
}

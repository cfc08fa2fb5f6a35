namespace Penstock.Testing.Budgets;

/// <summary>A clock that is wrong by a constant.</summary>
/// <param name="right">The right clock.</param>
/// <param name="ahead">How far this one is ahead.</param>
public sealed class SkewedTimeProvider(TimeProvider right, TimeSpan ahead) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => right.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + ahead;

    /// <inheritdoc/>
    public override long GetTimestamp() => right.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => right.CreateTimer(callback, state, dueTime, period);
}

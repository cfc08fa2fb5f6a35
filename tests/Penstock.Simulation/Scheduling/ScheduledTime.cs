namespace Penstock.Simulation.Scheduling;

/// <summary>A clock whose timers ring as work of the scheduler: what a timer begins must go on there, on the one thread.</summary>
public sealed class ScheduledTime(TimeProvider time, SimulatedScheduler scheduler) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(given => _ = scheduler.Start(() => Ring(callback, given)), state, dueTime, period);

    private static Task Ring(TimerCallback callback, object? state)
    {
        callback(state);
        return Task.CompletedTask;
    }
}

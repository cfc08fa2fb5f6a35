namespace Penstock.Testing;

/// <summary>
/// A clock that stands still until it is told to go on. Timers, and with them <c>Task.Delay(…, timeProvider)</c> and
/// <c>CancellationTokenSource(…, timeProvider)</c>, fire in order of their due time while it advances, each at its own time.
/// </summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<ManualTimer> _due = new(Comparer<ManualTimer>.Create(ManualTimer.ByDueTime));
    private DateTimeOffset _now = start.ToUniversalTime();
    private long _sequence;

    /// <summary>Starts at 2026-01-01T00:00:00Z.</summary>
    public ManualTimeProvider() : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>When the next timer is due, or null if none waits. A simulation jumps there when nothing else is left to do.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (_lock)
                return _due.Min?.DueAt;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Goes on by a duration and fires what becomes due on the way; callbacks run on the calling thread.</summary>
    public void Advance(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + duration);
    }

    /// <summary>Goes on to a time, which must not be in the past.</summary>
    public void AdvanceTo(DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, GetUtcNow());
        while (TakeDue(time) is { } timer)
            timer.Fire();
        lock (_lock)
            _now = time > _now ? time.ToUniversalTime() : _now;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            if (_due.Min is not { } timer || timer.DueAt > until)
                return null;
            _due.Remove(timer);
            _now = timer.DueAt > _now ? timer.DueAt : _now;
            if (timer.Period > TimeSpan.Zero)
                Add(timer, timer.Period);
            return timer;
        }
    }

    private void Add(ManualTimer timer, TimeSpan after)
    {
        timer.DueAt = _now + after;
        timer.Sequence = ++_sequence;
        _due.Add(timer);
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public long Sequence { get; set; }

        public TimeSpan Period { get; private set; }

        public static int ByDueTime(ManualTimer? a, ManualTimer? b) =>
            a!.DueAt != b!.DueAt ? a.DueAt.CompareTo(b.DueAt) : a.Sequence.CompareTo(b.Sequence);

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now = dueTime == TimeSpan.Zero;
            lock (clock._lock)
            {
                clock._due.Remove(this);
                Period = period;
                if (dueTime > TimeSpan.Zero || (now && period > TimeSpan.Zero))
                    clock.Add(this, now ? period : dueTime);
            }

            if (now)
                Fire();
            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
                clock._due.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

namespace Penstock.Pipelines.Budgets;

/// <summary>
/// The store's clock, as far as it is known: what workers share is dated by the one clock that they share. The store tells the
/// time in whole seconds, and with every answer it is known better. A clock of ours that agrees with all it told may be right, and is
/// doubted by as much as the limits can afford.
/// </summary>
/// <param name="time">Our clock.</param>
/// <param name="doubt">How far a clock of ours that agrees with the store's may be off; from zero to a second.</param>
internal sealed class StoreClock(TimeProvider time, TimeSpan doubt)
{
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly Lock _lock = new();

    // How far the store's clock is ahead of ours, at least and at most.
    private TimeSpan _least = TimeSpan.MinValue;
    private TimeSpan _most = TimeSpan.MaxValue;

    /// <summary>The earliest that the store's clock may say now.</summary>
    public DateTimeOffset Earliest => time.GetUtcNow() + Ahead.Least;

    /// <summary>The latest that the store's clock may say now.</summary>
    public DateTimeOffset Latest => time.GetUtcNow() + Ahead.Most;

    /// <summary>What our clock says when the store's clock surely says this. Timers know whole milliseconds only.</summary>
    public DateTimeOffset ToOurs(DateTimeOffset storeTime) => storeTime - Ahead.Least + Tick;

    private (TimeSpan Least, TimeSpan Most) Ahead
    {
        get
        {
            lock (_lock)
            {
                if (_most == TimeSpan.MaxValue)
                    return (TimeSpan.Zero, TimeSpan.Zero);
                bool agrees = _least <= TimeSpan.Zero && _most > TimeSpan.Zero;
                return agrees ? (_least > -doubt ? _least : -doubt, _most < doubt ? _most : doubt) : (_least, _most);
            }
        }
    }

    /// <summary>Hears what the store told.</summary>
    /// <param name="asked">When we asked, by our clock.</param>
    /// <param name="answered">When its answer was here, by our clock.</param>
    /// <param name="told">What its clock said; null if it didn't say.</param>
    public void Hear(DateTimeOffset asked, DateTimeOffset answered, DateTimeOffset? told)
    {
        if (told is not { } at)
            return;
        (TimeSpan least, TimeSpan most) = (at - answered, at + Resolution - asked);
        lock (_lock)
        {
            (TimeSpan closerLeast, TimeSpan closerMost) = (least > _least ? least : _least, most < _most ? most : _most);
            // Both can't be true: one of the clocks was set.
            (_least, _most) = closerLeast > closerMost ? (least, most) : (closerLeast, closerMost);
        }
    }
}

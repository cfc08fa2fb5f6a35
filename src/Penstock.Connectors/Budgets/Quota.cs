namespace Penstock.Connectors.Budgets;

/// <summary>A limit that the source's headers told of: so many calls are left until it is renewed.</summary>
/// <param name="Remaining">The calls that are left.</param>
/// <param name="ResetAt">When the quota is renewed, wholly or in part.</param>
/// <param name="Limit">The calls of a whole window; null if unknown.</param>
/// <param name="Window">The length of a window: told, or the longest time to a reset that was told; null if unknown.</param>
/// <param name="Told">What the source last told to be left.</param>
/// <param name="IsTrusted">
/// Whether the source was seen to count down, or refused a call when it was used up. A header that says the same on every
/// answer would otherwise stop the source for good.
/// </param>
public sealed record Quota(int Remaining, DateTimeOffset ResetAt, int? Limit, TimeSpan? Window, int Told, bool IsTrusted)
{
    // Clocks differ and headers are rounded to seconds; a reset that moves by less belongs to the same window.
    private static readonly TimeSpan SameWindow = TimeSpan.FromSeconds(2);

    /// <summary>Our own calls of the last window: until it is seen that the source renews a quota all at once, it may count so.</summary>
    public MovingWindow Own { get; init; } = MovingWindow.Empty;

    /// <summary>Whether the source was seen to renew the quota all at once.</summary>
    public WindowKind Kind { get; init; }

    /// <summary>Whether the time that the source told has come: one call is due, whatever our own count says.</summary>
    public bool IsDue { get; init; }

    private CallRate? Rate => Limit is { } limit and > 0 && Window is { } window && window > TimeSpan.Zero ? new CallRate(limit, window) : null;

    /// <summary>The quota as it stands now: renewed if its time has come; null if nothing is known of the new window.</summary>
    public Quota? At(DateTimeOffset now)
    {
        if (now < ResetAt)
        {
            return this;
        }

        if (Rate is not { } rate)
        {
            return null;
        }

        var windows = ((now - ResetAt).Ticks / rate.Interval.Ticks) + 1;
        return this with
        {
            Remaining = rate.Limit,
            Told = rate.Limit,
            ResetAt = ResetAt + TimeSpan.FromTicks(windows * rate.Interval.Ticks),
            Own = Own.At(now, rate),
            IsDue = true,
        };
    }

    /// <summary>How many calls may be made now.</summary>
    public int Free(DateTimeOffset now, double spare)
    {
        if (!IsTrusted)
        {
            return int.MaxValue;
        }

        if (Kind != WindowKind.Fixed && Rate is { } rate)
        {
            return Math.Min(Remaining, Math.Max(Own.Free(now, rate, spare), IsDue ? 1 : 0));
        }

        return Math.Max(0, Remaining - Spared(now, spare));
    }

    /// <summary>When so many calls may be made.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now, int calls, double spare)
    {
        if (Free(now, spare) >= calls)
        {
            return now;
        }

        if (Remaining < calls || Kind == WindowKind.Fixed || Rate is not { } rate)
        {
            // A smaller part may do for calls that are only kept back for more urgent ones.
            return Remaining >= calls && Window is { } window && Limit is { } limit && spare > 0
                ? Later(now, ResetAt - (window * Math.Min(1, (Remaining - calls + 0.99) / (spare * limit))))
                : ResetAt;
        }

        var own = Own.FreeAt(now, rate, calls, spare);
        return own < ResetAt ? Later(now, own) : ResetAt;
    }

    /// <summary>Takes calls that are made up to a time.</summary>
    public Quota Take(DateTimeOffset until, int calls) => this with
    {
        Remaining = Math.Max(0, Remaining - calls),
        Own = Rate is { } rate ? Own.At(until - rate.Interval - rate.Interval, rate).Add(until, rate, calls) : Own,
        IsDue = false,
    };

    /// <summary>Takes back what was taken up to a time, and counts what was made of it where it was made.</summary>
    public Quota Settle(DateTimeOffset until, int taken, DateTimeOffset at, int made) => this with
    {
        // What was taken from a window that is over comes back to none.
        Remaining = Window is { } window && until < ResetAt - window ? Remaining : Math.Min(Math.Max(Told, Remaining), Remaining + taken - made),
        Own = Rate is { } rate ? Own.Remove(until, rate, taken).Add(at, rate, made) : Own,
    };

    /// <summary>Joins what is known with what an answer told.</summary>
    /// <param name="known">What is known; null if nothing.</param>
    /// <param name="told">What the answer told.</param>
    /// <param name="now">When.</param>
    /// <param name="refused">Whether the source refused the call for its limit.</param>
    /// <param name="awaited">The calls under way that the answer may not count yet, if nothing is known.</param>
    internal static Quota Learn(Quota? known, Quota told, DateTimeOffset now, bool refused, int awaited = 0)
    {
        var window = Longer(known?.Window, told.Window ?? told.ResetAt - now);
        if (known is null)
        {
            var first = told with { IsTrusted = refused, Window = told.Window ?? window, Remaining = Math.Max(0, told.Remaining - awaited) };
            return first.Rate is { } rate ? first with { Own = MovingWindow.Empty.Add(now, rate, rate.Limit - first.Remaining) } : first;
        }

        var learned = known with
        {
            Limit = told.Limit ?? known.Limit,
            Window = told.Window ?? window,
            Told = told.Told,
            IsTrusted = refused || known.IsTrusted || told.Told < known.Told,
        };
        if (learned.Rate is { } found)
        {
            learned = learned with { Kind = KindOf(known, told, found, now, refused), Own = refused ? Refilled(known, found, now) : known.Own.At(now, found) };
        }

        if (told.ResetAt > known.ResetAt + SameWindow)
        {
            // A new window: answers of the old one may still be under way, so only a later reset opens it.
            return learned with { Remaining = told.Remaining, ResetAt = told.ResetAt, IsDue = false };
        }

        if (told.ResetAt < known.ResetAt - SameWindow && !refused && known.Kind == WindowKind.Fixed)
        {
            return known;
        }

        // Within a window the smaller number is right: answers arrive out of order, and calls are under way. Rounded resets
        // differ by a second; the later one is never early.
        return learned with
        {
            Remaining = Math.Min(known.Remaining, told.Remaining),
            ResetAt = told.ResetAt < known.ResetAt - SameWindow || told.ResetAt > known.ResetAt ? told.ResetAt : known.ResetAt,
        };
    }

    // All at once renewed: nearly the whole limit is there again, though our own calls of the last window were many.
    private static WindowKind KindOf(Quota known, Quota told, CallRate rate, DateTimeOffset now, bool refused)
    {
        if (refused && known.Kind == WindowKind.Fixed && known.Remaining > rate.Limit / 10)
        {
            return WindowKind.Moving;
        }

        var own = known.Own.At(now, rate).Used;
        return known.Kind == WindowKind.Unknown && !refused && own >= rate.Limit / 2 && told.Remaining >= rate.Limit * 0.9 ? WindowKind.Fixed : known.Kind;
    }

    private static MovingWindow Refilled(Quota known, CallRate rate, DateTimeOffset now)
    {
        var own = known.Own.At(now, rate);
        return known.Kind == WindowKind.Fixed && own.Used < rate.Limit ? own.Add(now, rate, rate.Limit - own.Used) : own;
    }

    private int Spared(DateTimeOffset now, double spare) =>
        spare > 0 && Limit is { } limit && Window is { } window && window > TimeSpan.Zero ? (int)(spare * limit * Math.Clamp((ResetAt - now) / window, 0, 1)) : 0;

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;

    private static DateTimeOffset Later(DateTimeOffset now, DateTimeOffset at) => at > now ? at : now + TimeSpan.FromMilliseconds(1);
}

/// <summary>How a source renews a quota.</summary>
public enum WindowKind
{
    /// <summary>Not seen yet.</summary>
    Unknown,

    /// <summary>All at once.</summary>
    Fixed,

    /// <summary>Call by call.</summary>
    Moving,
}

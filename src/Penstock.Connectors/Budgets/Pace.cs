namespace Penstock.Connectors.Budgets;

/// <summary>
/// A speed that is found by trying, where the source tells too little: unlimited until it refuses a call. From what was
/// accepted until then, and from how long it refuses, follows a speed; calls are spread evenly from then on. A later refusal
/// makes it slower (by a factor), a long time without one faster (by a small step), so that limits which change are followed.
/// </summary>
public sealed record Pace
{
    private const double AfterRefusal = 0.96;
    private const double AfterDoubtfulRefusal = 0.9;
    private const double BelowMeasured = 0.985;
    private const double SmallestRaise = 0.02;
    private const double LargestRaise = 0.5;
    private const double Slowest = 1.0 / 3600;
    private const double Fastest = 10_000;

    // Fewer calls say little about a limit.
    private const int FewCalls = 8;
    private const int ShortestHold = 400;
    private const int LongestHold = 16_000;

    // Calls that were under way together are refused together; that is one refusal.
    private static readonly TimeSpan OneRefusal = TimeSpan.FromSeconds(1);

    /// <summary>Unlimited.</summary>
    public static Pace Unlimited { get; } = new();

    /// <summary>The speed; null while unlimited.</summary>
    public double? CallsPerSecond { get; init; }

    /// <summary>When the source last refused a call; default if it never did.</summary>
    public DateTimeOffset RefusedAt { get; init; }

    /// <summary>Until when the source then said that it refuses; default if it didn't say.</summary>
    public DateTimeOffset RefusedUntil { get; init; }

    /// <summary>While the source refuses and doesn't say until when: when one call is tried, and with which wait after the last.</summary>
    public Seeking? Seeking { get; init; }

    /// <summary>How long the source refused the last time that this was found out by trying; zero if it never was.</summary>
    public TimeSpan Lasted { get; init; }

    /// <summary>The calls accepted since the speed last changed.</summary>
    public int Accepted { get; init; }

    /// <summary>How many must be accepted before a higher speed is tried; doubled by each refusal, so that trying costs ever less.</summary>
    public int Hold { get; init; } = ShortestHold;

    /// <summary>By how much the speed is raised next, from 0.02: doubled as long as the source stays content.</summary>
    public double Raise { get; init; } = SmallestRaise;

    /// <summary>The calls accepted since the source last began to accept; while it refuses, those from before.</summary>
    public CallHistory History { get; init; } = CallHistory.Empty;

    /// <summary>The speed before the last refusal; null if it was unlimited.</summary>
    public double? Before { get; init; }

    // What was accepted before a refusal that is over says nothing about the next one.
    private CallHistory SinceRefusal => History.Until <= RefusedAt ? CallHistory.Empty : History;

    /// <summary>When calls may be made: one at a time while it isn't known when the source accepts again.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now) => Seeking is { } seeking && seeking.TryAt > now ? seeking.TryAt : now;

    /// <summary>Takes calls.</summary>
    public Pace Take(DateTimeOffset now, string worker) =>
        // The next one waits for this one's answer, or for as long as it had to.
        Seeking is { } seeking ? this with { Seeking = seeking with { TryAt = now + seeking.Wait, TriedAt = now, TriedBy = worker } } : this;

    /// <summary>The source accepted a call.</summary>
    public Pace Accept(DateTimeOffset now, string worker)
    {
        if (Seeking is { } seeking)
        {
            // It accepts again: the refusal lasted until now. Other answers are of calls from before.
            return seeking.IsAnswer(now, worker)
                ? Slowed(seeking.Since, seeking.Lasted) with { Seeking = null, Lasted = seeking.Lasted, Accepted = 1, History = CallHistory.Empty.Add(now) }
                : this with { History = History.Add(seeking.Since) };
        }

        if (now < RefusedUntil)
        {
            // It was accepted before, and is told late: another worker's. The refusal says more than was known.
            return (this with { CallsPerSecond = Before, History = History.Add(RefusedAt) }).Slowed(RefusedAt, RefusedUntil - RefusedAt);
        }

        var accepted = this with { Accepted = Accepted + 1, History = SinceRefusal.Add(now) };
        return CallsPerSecond is { } current && accepted.Accepted >= Hold
            ? accepted with { CallsPerSecond = Math.Min(Fastest, current * (1 + Raise)), Accepted = 0, Raise = Math.Min(Raise * 2, LargestRaise) }
            : accepted;
    }

    /// <summary>The source refused a call for its limit.</summary>
    /// <param name="now">When.</param>
    /// <param name="retryAt">When it wants to be called again; null if it doesn't say.</param>
    /// <param name="worker">Who made the call.</param>
    public Pace Refuse(DateTimeOffset now, DateTimeOffset? retryAt, string worker)
    {
        if (Seeking is { } seeking)
        {
            return seeking.IsAnswer(now, worker) ? this with { RefusedAt = now, Seeking = seeking.Longer(now) } : this;
        }

        if (now - RefusedAt < OneRefusal || now < RefusedUntil)
        {
            return this;
        }

        var refused = this with
        {
            RefusedAt = now,
            RefusedUntil = retryAt ?? default,
            Before = CallsPerSecond,
            History = SinceRefusal,
            Accepted = 0,
            Raise = SmallestRaise,
            Hold = CallsPerSecond is null ? ShortestHold : Math.Min(Hold * 2, LongestHold),
        };
        return retryAt is { } until
            ? refused.Slowed(now, until - now)
            : refused with { Seeking = Seeking.From(now, Lasted) };
    }

    // Slower, by a refusal that lasted so long.
    private Pace Slowed(DateTimeOffset since, TimeSpan lasted)
    {
        if (History.Fastest(since, lasted) is not { } measured)
        {
            // It refused from the first call on: others used the limit up, or it had no reason. Nothing was measured.
            return this with { CallsPerSecond = CallsPerSecond is { } known ? Math.Max(Slowest, known * AfterRefusal) : null };
        }

        var believed = Math.Max(Slowest, measured.CallsPerSecond * BelowMeasured);
        if (CallsPerSecond is not { } speed)
        {
            // What a few calls say may be the limit, or what others left of it: it is believed, and soon doubted.
            var isDoubtful = measured.Calls < FewCalls;
            return this with { CallsPerSecond = believed, Hold = isDoubtful ? FewCalls : ShortestHold, Raise = isDoubtful ? LargestRaise : SmallestRaise };
        }

        // A short refusal after a long stretch says that the speed is a little too high, and no more than that.
        var isBrief = lasted * 4 < since - History.Since;
        var least = isBrief ? speed * AfterRefusal : measured.Calls < FewCalls ? speed * AfterDoubtfulRefusal : 0;
        return this with { CallsPerSecond = Math.Max(Slowest, Math.Max(least, Math.Min(believed, speed * AfterRefusal))) };
    }
}

/// <summary>The source refuses and doesn't say until when: one call at a time is tried.</summary>
/// <param name="Since">Since when.</param>
/// <param name="TryAt">When the next call is tried.</param>
/// <param name="Wait">How long it waits after the last one.</param>
public sealed record Seeking(DateTimeOffset Since, DateTimeOffset TryAt, TimeSpan Wait)
{
    // Small enough that the wait, and with it the window, is found well.
    private const double Growth = 1.12;
    private const int FirstOfLast = 16;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>When the last call was tried; default if none was.</summary>
    public DateTimeOffset TriedAt { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Who tried it.</summary>
    public string TriedBy { get; init; } = "";

    /// <summary>When the last call that was refused had been tried.</summary>
    public DateTimeOffset RefusedTry { get; init; } = Since;

    /// <summary>How long the source refused, if it accepts the last try: until some time between the last two.</summary>
    internal TimeSpan Lasted => RefusedTry + ((TriedAt - RefusedTry) / 2) - Since;

    // Once it is known how long the source refuses, trying ever so often in the beginning costs refusals and finds nothing out.
    internal static Seeking From(DateTimeOffset now, TimeSpan lasted)
    {
        var wait = TimeSpan.FromTicks(Math.Clamp(lasted.Ticks / FirstOfLast, Shortest.Ticks, Longest.Ticks));
        return new(now, now + wait, wait);
    }

    internal bool IsAnswer(DateTimeOffset now, string worker) => now >= TriedAt && worker == TriedBy;

    internal Seeking Longer(DateTimeOffset now)
    {
        var wait = Wait * Growth < Longest ? Wait * Growth : Longest;
        return this with { TryAt = now + wait, Wait = wait, RefusedTry = TriedAt, TriedAt = DateTimeOffset.MaxValue };
    }
}

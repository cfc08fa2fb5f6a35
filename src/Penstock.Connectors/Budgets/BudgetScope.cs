using System.Collections.Immutable;

namespace Penstock.Connectors.Budgets;

/// <summary>The limits that some calls share; all of them hold at once.</summary>
public sealed record BudgetScope
{
    private const int MostQuotas = 8;

    /// <summary>Nothing is known.</summary>
    public static BudgetScope Empty { get; } = new();

    /// <summary>The source asked not to be called before.</summary>
    public DateTimeOffset PausedUntil { get; init; }

    /// <summary>The declared rates, for people who look at the state; those of the last worker that asked.</summary>
    public ImmutableArray<CallRate> Rates { get; init; } = [];

    /// <summary>The calls that count against each declared rate, in the order of the rates.</summary>
    public ImmutableArray<MovingWindow> Windows { get; init; } = [];

    /// <summary>The limits that headers told of.</summary>
    public ImmutableDictionary<string, Quota> Quotas { get; init; } = ImmutableDictionary<string, Quota>.Empty;

    /// <summary>The speed that was found by trying.</summary>
    public Pace Pace { get; init; } = Pace.Unlimited;

    /// <summary>The slow beginning where nothing is known.</summary>
    public SlowStart Start { get; init; } = SlowStart.Beginning;

    /// <summary>The calls under way, by worker, where their number is limited.</summary>
    public ImmutableDictionary<string, WorkerCalls> Underway { get; init; } = ImmutableDictionary<string, WorkerCalls>.Empty;

    /// <summary>When the next call may be made where calls are spread evenly.</summary>
    public DateTimeOffset NextFree { get; init; }

    /// <summary>When calls came free that others had waited for: for as long as the window is, they are spread evenly.</summary>
    public DateTimeOffset ScarceAt { get; init; }

    /// <summary>When a live call was last asked for.</summary>
    public DateTimeOffset LiveAt { get; init; }

    /// <summary>Live calls wait, or are about to come back for what they waited for.</summary>
    public DateTimeOffset LiveUntil { get; init; }

    /// <summary>When the last of the live calls that wait for their turn in an even spread was told to come back.</summary>
    public DateTimeOffset LiveTurn { get; init; }

    /// <summary>The same for backfills.</summary>
    public DateTimeOffset BackfillTurn { get; init; }

    /// <summary>How many calls were made.</summary>
    public long Made { get; init; }

    /// <summary>How many calls the source refused for its limit.</summary>
    public long Refused { get; init; }

    /// <summary>When a call was last taken.</summary>
    public DateTimeOffset UsedAt { get; init; }

    /// <summary>The scope without what time has made obsolete.</summary>
    internal BudgetScope At(DateTimeOffset now, CallUse use)
    {
        var windows = Windows;
        for (var i = 0; i < use.Rates.Count; i++)
        {
            var current = i < windows.Length ? windows[i].At(now, use.Rates[i]) : MovingWindow.Empty;
            windows = i >= windows.Length ? windows.Add(current) : ReferenceEquals(current, windows[i]) ? windows : windows.SetItem(i, current);
        }

        var quotas = Quotas;
        foreach (var (name, quota) in Quotas)
        {
            var current = quota.At(now);
            quotas = current is null ? quotas.Remove(name) : ReferenceEquals(current, quota) ? quotas : quotas.SetItem(name, current);
        }

        return this with { Windows = windows, Quotas = quotas, Start = Start.At(now), Underway = Underway.At(now) };
    }

    /// <summary>When the calls may be made, and what holds them up.</summary>
    internal Waiting FreeAt(CallUse use, Asking asking)
    {
        var now = asking.Now;
        var latest = new Waiting(now, "", WaitKind.Other);
        void Consider(DateTimeOffset at, string reason, WaitKind kind = WaitKind.Other) => latest = at > latest.At ? new Waiting(at, reason, kind) : latest;

        Consider(PausedUntil, "the source asked to wait");
        Consider(Pace.FreeAt(now), "the source refuses calls and doesn't say until when");
        if (this.SpeedOf(use, asking) is { } speed && this.Ahead(use, asking) is var ahead && NextFree > now + ahead)
        {
            Consider(NextFree - (ahead / 2), $"calls are spread evenly, {speed:0.###} a second", WaitKind.Turn);
        }

        var from = this.From(use, asking);
        for (var i = 0; i < use.Rates.Count; i++)
        {
            var free = Windows[i].FreeAt(from, use.Rates[i], use.Weight, asking.Spare);
            Consider(free > from ? free : now, $"the limit of {use.Rates[i]} is reached", WaitKind.Window);
        }

        foreach (var (name, quota) in Quotas)
        {
            Consider(quota.FreeAt(now, use.Weight, asking.Spare), $"the source's quota {name} is used up");
        }

        Consider(Underway.FreeAt(now, use.Concurrency), $"{use.Concurrency} calls are under way");
        if (IsStarting(use))
        {
            Consider(Start.FreeAt(now), "the source's limit isn't known yet: its first answers are awaited");
        }

        if (asking.Priority == CallPriority.Backfill)
        {
            Consider(LiveUntil, "live runs go before backfills");
        }

        return latest;
    }

    /// <summary>How many such calls may be made now, at most so many and at least one.</summary>
    internal int Free(CallUse use, Asking asking)
    {
        var (now, from, free) = (asking.Now, this.From(use, asking), asking.Wanted * use.Weight);
        for (var i = 0; i < use.Rates.Count; i++)
        {
            free = Math.Min(free, Windows[i].Free(from, use.Rates[i], asking.Spare));
        }

        free = Quotas.Values.Aggregate(free, (least, quota) => Math.Min(least, quota.Free(now, asking.Spare)));
        free = IsStarting(use) ? Math.Min(free, Start.Free) : free;
        free = use.Concurrency is null && Pace.Seeking is null ? free / use.Weight : 1;
        var spread = this.SpeedOf(use, asking) is not { } speed ? free : this.StandsBack(asking) ? 1 : (int)(speed / use.Weight * asking.Lifetime.TotalSeconds);
        return Math.Max(1, Math.Min(free, spread));
    }

    /// <summary>Takes the calls of a grant.</summary>
    internal BudgetScope Take(CallUse use, Grant grant, Asking asking)
    {
        var spacing = this.Spacing(use, asking);
        var calls = grant.Calls * use.Weight;
        return this with
        {
            Rates = Rates.SequenceEqual(use.Rates) ? Rates : [.. use.Rates],
            Windows = [.. Windows.Select((window, i) => i < use.Rates.Count ? window.Add(grant.Until, use.Rates[i], calls) : window)],
            Quotas = Quotas.ToImmutableDictionary(quota => quota.Key, quota => quota.Value.Take(grant.Until, calls)),
            Pace = Pace.Take(asking.Now, asking.Worker),
            Start = IsStarting(use) ? Start.Take(asking.Now, grant.Calls) : Start,
            Underway = use.Concurrency is null ? Underway : Underway.Begin(asking.Worker, asking.Now),
            NextFree = grant.From + (spacing * grant.Calls),
            LiveAt = asking.Priority == CallPriority.Live ? asking.Now : LiveAt,
            Made = Made + calls,
            UsedAt = asking.Now,
        };
    }

    /// <summary>Remembers that a call has to wait, and says until when.</summary>
    internal (BudgetScope Scope, DateTimeOffset Until) Wait(CallUse use, Asking asking, Waiting waiting)
    {
        var isLive = asking.Priority == CallPriority.Live;
        var (until, scope) = (waiting.At, this);
        if (waiting.Kind == WaitKind.Turn && asking.Lifetime > TimeSpan.Zero)
        {
            // Many may wait: each comes back when those before it have had their turn.
            var turn = (isLive ? LiveTurn : BackfillTurn) + this.Spacing(use, asking);
            until = turn > until ? turn : until;
            scope = isLive ? scope with { LiveTurn = until } : scope with { BackfillTurn = until };
        }

        // Who waits comes back a little later than it might, the later the longer it waits.
        var grace = TimeSpan.FromSeconds(Math.Clamp((until - asking.Now).TotalSeconds / 8, 0.5, 10));
        if (isLive && until + (grace / 2) > LiveUntil)
        {
            scope = scope with { LiveUntil = until + grace, LiveAt = asking.Now };
        }

        return (waiting.Kind == WaitKind.Window && until - ScarceAt > TimeSpan.FromSeconds(0.25) ? scope with { ScarceAt = until } : scope, until);
    }

    /// <summary>Settles a grant: what was made of it counts where it was made, the rest not at all.</summary>
    internal BudgetScope Settle(CallUse use, Grant grant, int made, DateTimeOffset at)
    {
        var (taken, used) = (grant.Calls * use.Weight, made * use.Weight);
        return this with
        {
            Windows = [.. Windows.Select((window, i) => i < use.Rates.Count ? window.Remove(grant.Until, use.Rates[i], taken).Add(at, use.Rates[i], used) : window)],
            Quotas = Quotas.ToImmutableDictionary(quota => quota.Key, quota => quota.Value.Settle(grant.Until, taken, at, used)),
            Start = Start.Return(grant.Calls - made),
            Made = Made - taken + used,
        };
    }

    /// <summary>Learns from what an answer told.</summary>
    internal BudgetScope Learn(CallUse use, RateReading reading, bool refused, bool isAnswer, DateTimeOffset now, string worker)
    {
        var quotas = Quotas;
        foreach (var (name, told) in reading.Quotas)
        {
            if (told.ToQuota(now) is { } quota && (quotas.ContainsKey(name) || quotas.Count < MostQuotas))
            {
                quotas = quotas.SetItem(name, Quota.Learn(quotas.GetValueOrDefault(name), quota, now, refused && told.Remaining == 0, Start.Awaited));
            }
        }

        return this with
        {
            Quotas = quotas,
            PausedUntil = reading.RetryAt > PausedUntil ? reading.RetryAt.Value : PausedUntil,
            Pace = refused ? Refuse(use, reading, quotas, now, worker) : isAnswer ? Pace.Accept(now, worker) : Pace,
            Start = IsStarting(use) ? Start.Answer(now) : Start,
            Refused = refused ? Refused + 1 : Refused,
        };
    }

    // Where limits are declared or told, and the source says when to go on, there is nothing to find out.
    private Pace Refuse(CallUse use, RateReading reading, ImmutableDictionary<string, Quota> quotas, DateTimeOffset now, string worker) =>
        (use.Rates.Count > 0 && reading.RetryAt is not null) || quotas.Values.Any(quota => quota.IsTrusted && quota.Remaining == 0)
            ? Pace
            : Pace.Refuse(now, reading.RetryAt, worker);

    /// <summary>Whether the first answers to such calls are still awaited.</summary>
    internal bool IsStarting(CallUse use) =>
        use.IsUndeclared && !Start.IsOver && Pace.CallsPerSecond is null && Pace.Seeking is null && !Quotas.Values.Any(quota => quota.IsTrusted);
}

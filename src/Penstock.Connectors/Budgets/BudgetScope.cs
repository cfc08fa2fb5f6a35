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

    /// <summary>The calls that count against each declared rate, in the order of the rates.</summary>
    public ImmutableArray<MovingWindow> Windows { get; init; } = [];

    /// <summary>The limits that headers told of.</summary>
    public ImmutableDictionary<string, Quota> Quotas { get; init; } = ImmutableDictionary<string, Quota>.Empty;

    /// <summary>The speed that was found by trying.</summary>
    public Pace Pace { get; init; } = Pace.Unlimited;

    /// <summary>The scope without what time has made obsolete.</summary>
    public BudgetScope At(DateTimeOffset now, IReadOnlyList<CallRate> rates)
    {
        var windows = rates.Select((rate, i) => (i < Windows.Length ? Windows[i] : MovingWindow.Empty).At(now, rate));
        var quotas = Quotas;
        foreach (var (name, quota) in Quotas)
        {
            var current = quota.At(now);
            quotas = current is null ? quotas.Remove(name) : ReferenceEquals(current, quota) ? quotas : quotas.SetItem(name, current);
        }

        return this with { Windows = [.. windows], Quotas = quotas };
    }

    /// <summary>When so many calls may be made, and what holds them up.</summary>
    public (DateTimeOffset At, string Reason) FreeAt(DateTimeOffset now, IReadOnlyList<CallRate> rates, int calls, double spare)
    {
        (DateTimeOffset At, string Reason) latest = (now, "");
        void Consider(DateTimeOffset at, string reason) => latest = at > latest.At ? (at, reason) : latest;

        Consider(PausedUntil, "the source asked to wait");
        Consider(Pace.FreeAt(now), $"the source refused faster calls than {Pace.CallsPerSecond:0.###} a second");
        for (var i = 0; i < rates.Count; i++)
        {
            Consider(Windows[i].FreeAt(now, rates[i], calls + (int)(rates[i].Limit * spare)), $"the limit of {rates[i]} is reached");
        }

        foreach (var (name, quota) in Quotas)
        {
            Consider(quota.FreeAt(now, calls + (int)((quota.Limit ?? 0) * spare)), $"the source's quota {name} is used up");
        }

        return latest;
    }

    /// <summary>How many calls may be made now, at most so many.</summary>
    public int Free(DateTimeOffset now, IReadOnlyList<CallRate> rates, int wanted)
    {
        if (PausedUntil > now || Pace.FreeAt(now) > now)
        {
            return 0;
        }

        for (var i = 0; i < rates.Count; i++)
        {
            wanted = Math.Min(wanted, Windows[i].Free(now, rates[i]));
        }

        return Quotas.Values.Where(quota => quota.IsTrusted).Aggregate(wanted, (least, quota) => Math.Min(least, quota.Remaining));
    }

    /// <summary>Takes calls that are made until a given time.</summary>
    public BudgetScope Take(DateTimeOffset now, DateTimeOffset until, IReadOnlyList<CallRate> rates, int calls) => this with
    {
        Windows = [.. Windows.Select((window, i) => window.Add(until, rates[i], calls))],
        Quotas = Quotas.ToImmutableDictionary(quota => quota.Key, quota => quota.Value.Take(calls)),
        Pace = Pace.Take(now, calls),
    };

    /// <summary>Learns from what an answer told.</summary>
    internal BudgetScope Learn(RateReading reading, bool refused, DateTimeOffset now)
    {
        var quotas = Quotas;
        foreach (var (name, told) in reading.Quotas)
        {
            if (told.ToQuota(now) is { } quota && (quotas.ContainsKey(name) || quotas.Count < MostQuotas))
            {
                quotas = quotas.SetItem(name, Quota.Learn(quotas.GetValueOrDefault(name), quota, refused && told.Remaining == 0));
            }
        }

        return this with
        {
            Quotas = quotas,
            PausedUntil = reading.RetryAt > PausedUntil ? reading.RetryAt.Value : PausedUntil,
            Pace = refused ? Pace.Refuse(now) : Pace,
        };
    }
}

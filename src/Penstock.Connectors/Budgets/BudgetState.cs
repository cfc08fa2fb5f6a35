using System.Collections.Immutable;

namespace Penstock.Connectors.Budgets;

/// <summary>
/// All that a budget knows, as data: it can be written as JSON and shared by workers. The functions over it are pure; the
/// caller keeps the state that they give.
/// </summary>
public sealed record BudgetState
{
    private const int MostScopes = 32;

    // Who waits for a pause without end looks again from time to time.
    private static readonly TimeSpan PauseRecheck = TimeSpan.FromMinutes(5);

    /// <summary>Nothing was called yet.</summary>
    public static BudgetState Empty { get; } = new();

    /// <summary>What is known of each scope: a declared policy by its key, other calls by their host.</summary>
    public ImmutableDictionary<string, BudgetScope> Scopes { get; init; } = ImmutableDictionary<string, BudgetScope>.Empty;

    /// <summary>An operator's pause; null if there is none.</summary>
    public BudgetPause? Pause { get; init; }

    /// <summary>The exchanges of workers that are in it, the latest last: tells a write whose answer was lost from another's.</summary>
    public ImmutableArray<string> Exchanges { get; init; } = [];

    /// <summary>Asks for one call that is made at once.</summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The call.</param>
    /// <param name="now">The present.</param>
    /// <param name="priority">How urgent it is.</param>
    /// <returns>The answer, and the state after it.</returns>
    public (BudgetAnswer Answer, BudgetState State) Ask(BudgetRules rules, Call call, DateTimeOffset now, CallPriority priority = CallPriority.Live)
    {
        var (answer, _, state) = Reserve(rules, call, new Asking(now) { Priority = priority });
        return (answer, state);
    }

    /// <summary>Takes several calls at once for a worker.</summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The first of the calls.</param>
    /// <param name="asking">What is asked for.</param>
    /// <returns>The answer; the grant, if it is one; and the state after it.</returns>
    public (BudgetAnswer Answer, Grant? Grant, BudgetState State) Reserve(BudgetRules rules, Call call, Asking asking)
    {
        var now = asking.Now;
        if (Pause is { } pause && (pause.Until ?? DateTimeOffset.MaxValue) > now)
        {
            return (new Wait(pause.Until ?? now + PauseRecheck, $"an operator paused the credential: {pause.Reason}"), null, this);
        }

        asking = asking with { Spare = asking.Priority == CallPriority.Backfill ? rules.LiveShare : 0 };
        var uses = rules.UsesOf(call);
        var scopes = uses.Select(use => Scopes.GetValueOrDefault(use.Key, BudgetScope.Empty).At(now, use)).ToArray();
        var waits = scopes.Select((scope, i) => scope.FreeAt(uses[i], asking)).ToArray();
        var last = Enumerable.Range(0, waits.Length).MaxBy(i => waits[i].At);
        if (waits[last].At > now)
        {
            var waiting = Scopes.GetValueOrDefault(uses[last].Key, BudgetScope.Empty);
            var (marked, until) = waiting.Wait(uses[last], asking, waits[last]);
            var state = ReferenceEquals(marked, waiting) ? this : this with { Scopes = Scopes.SetItem(uses[last].Key, marked) };
            return (new Wait(until, $"{uses[last].Key}: {waits[last].Reason}"), null, state);
        }

        var calls = scopes.Select((scope, i) => scope.Free(uses[i], asking)).Min();
        var spacing = scopes.Select((scope, i) => scope.Spacing(uses[i], asking)).Max();
        var from = spacing == TimeSpan.Zero ? now : scopes.Select(scope => scope.NextFree).Append(now).Max();
        var lastMade = from + (spacing * (calls - 1));
        var grant = new Grant(from, spacing, calls, (lastMade > asking.Latest ? lastMade : asking.Latest) + asking.Lifetime);
        var taken = Scopes;
        for (var i = 0; i < uses.Count; i++)
        {
            taken = taken.SetItem(uses[i].Key, scopes[i].Take(uses[i], grant, asking));
        }

        return (Granted.Instance, grant, this with { Scopes = Bounded(taken) });
    }

    /// <summary>Settles a grant: what was made of it counts where it was made, the rest comes back.</summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The call that it was given for.</param>
    /// <param name="grant">The grant.</param>
    /// <param name="made">How many of its calls were made.</param>
    /// <param name="at">When the last of them reached the source, at the latest.</param>
    public BudgetState Settle(BudgetRules rules, Call call, Grant grant, int made, DateTimeOffset at)
    {
        var scopes = Scopes;
        foreach (var use in rules.UsesOf(call))
        {
            if (scopes.TryGetValue(use.Key, out var scope))
            {
                scopes = scopes.SetItem(use.Key, scope.Settle(use, grant, made, at));
            }
        }

        return this with { Scopes = scopes };
    }

    /// <summary>
    /// How long granted calls may be kept before they are made. Windows count them at the end of that time until they are
    /// settled, and a burst of them must be short beside the window.
    /// </summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The call that they are granted for.</param>
    /// <param name="longest">The longest that calls are kept for other reasons.</param>
    public static TimeSpan LifetimeOf(BudgetRules rules, Call call, TimeSpan longest) =>
        rules.UsesOf(call).SelectMany(use => use.Rates).Select(rate => rate.Interval / 64).Append(longest).Min();

    /// <summary>Names what a call counts against: calls of the same name may be made out of one grant.</summary>
    public static string KeyOf(BudgetRules rules, Call call) => string.Join('|', rules.UsesOf(call).Select(use => $"{use.Weight} {use.Key}"));

    /// <summary>
    /// Whether the answers to such calls are awaited by others, so that the budget must hear of them at once: also while the source refuses,
    /// for what it accepted before says how fast it is, and whoever waits has nothing else to tell.
    /// </summary>
    public bool IsAwaited(BudgetRules rules, Call call, DateTimeOffset now) => rules.UsesOf(call).Any(use =>
        use.Concurrency is not null || (Scopes.TryGetValue(use.Key, out var scope) && (scope.IsStarting(use) || scope.Pace.Seeking is not null || scope.Pace.RefusedUntil > now)));

    /// <summary>Learns from an answer.</summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The call that was made.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="now">The present.</param>
    /// <param name="worker">Who made the call.</param>
    public BudgetState Learn(BudgetRules rules, Call call, SourceAnswer answer, DateTimeOffset now, string worker = "")
    {
        var scopes = Scopes;
        var isRefused = rules.LimitStatuses.Contains(answer.Status);
        var isFirst = true;
        foreach (var use in rules.UsesOf(call))
        {
            // An answer is dated as late as it may have come, and by that date no call may leave its window.
            var known = scopes.GetValueOrDefault(use.Key, BudgetScope.Empty);
            var scope = known.At(now, use) with { Windows = known.Windows };
            scope = isFirst ? scope.Learn(use, RateHeaders.Read(answer, rules, now), isRefused, answer.Status != 0, now, worker) : scope;
            scopes = scopes.SetItem(use.Key, use.Concurrency is null ? scope : scope with { Underway = scope.Underway.End(worker) });
            isFirst = false;
        }

        return this with { Scopes = scopes };
    }

    // Hosts may be many, one a download for example: what was used longest ago goes first.
    private static ImmutableDictionary<string, BudgetScope> Bounded(ImmutableDictionary<string, BudgetScope> scopes) =>
        scopes.Count <= MostScopes ? scopes : scopes.RemoveRange(scopes.OrderBy(scope => scope.Value.UsedAt).Take(scopes.Count - MostScopes).Select(scope => scope.Key).ToList());
}

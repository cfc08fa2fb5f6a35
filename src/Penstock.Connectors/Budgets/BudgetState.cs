using System.Collections.Immutable;

namespace Penstock.Connectors.Budgets;

/// <summary>
/// All that a budget knows, as data: it can be written as JSON and shared by workers. The functions over it are pure; the
/// caller keeps the state that they give.
/// </summary>
public sealed record BudgetState
{
    /// <summary>Nothing was called yet.</summary>
    public static BudgetState Empty { get; } = new();

    /// <summary>What is known of each scope: a declared policy by its key, other calls by their host.</summary>
    public ImmutableDictionary<string, BudgetScope> Scopes { get; init; } = ImmutableDictionary<string, BudgetScope>.Empty;

    /// <summary>Asks for one call.</summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The call.</param>
    /// <param name="now">The present.</param>
    /// <param name="spare">The share of every limit, from 0 to 1, that this call leaves to more urgent ones.</param>
    /// <returns>The answer, and the state after it.</returns>
    public (BudgetAnswer Answer, BudgetState State) Ask(BudgetRules rules, Call call, DateTimeOffset now, double spare = 0)
    {
        var (key, rates, weight) = ScopeOf(rules, call);
        var scope = Scopes.GetValueOrDefault(key, BudgetScope.Empty).At(now, rates);
        var (freeAt, reason) = scope.FreeAt(now, rates, weight, spare);
        return freeAt > now
            ? (new Wait(freeAt, $"{key}: {reason}"), this)
            : (Granted.Instance, this with { Scopes = Scopes.SetItem(key, scope.Take(now, now, rates, weight)) });
    }

    /// <summary>
    /// Takes several calls at once for a worker that makes them until a given time. They count as made at that time, so that
    /// no limit is passed however late they are made; what isn't made by then is forfeited.
    /// </summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The first of the calls.</param>
    /// <param name="now">The present.</param>
    /// <param name="until">When the last of them is made.</param>
    /// <param name="wanted">How many are wanted, 1 or more; fewer may be given.</param>
    /// <returns>The answer, how many calls may be made, and the state after it.</returns>
    public (BudgetAnswer Answer, int Calls, BudgetState State) Reserve(
        BudgetRules rules, Call call, DateTimeOffset now, DateTimeOffset until, int wanted)
    {
        var (key, rates, weight) = ScopeOf(rules, call);
        var scope = Scopes.GetValueOrDefault(key, BudgetScope.Empty).At(now, rates);
        var (freeAt, reason) = scope.FreeAt(now, rates, weight, 0);
        if (freeAt > now)
        {
            return (new Wait(freeAt, $"{key}: {reason}"), 0, this);
        }

        // Where the speed itself is the limit, a batch would be a burst.
        var calls = scope.Pace.CallsPerSecond is null ? Math.Max(1, scope.Free(now, rates, wanted * weight) / weight) : 1;
        return (Granted.Instance, calls, this with { Scopes = Scopes.SetItem(key, scope.Take(now, until, rates, calls * weight)) });
    }

    /// <summary>Gives reserved calls back that weren't made.</summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The call that they were reserved for.</param>
    /// <param name="until">The time that they were reserved until.</param>
    /// <param name="calls">How many are given back.</param>
    public BudgetState Return(BudgetRules rules, Call call, DateTimeOffset until, int calls)
    {
        var (key, rates, weight) = ScopeOf(rules, call);
        return calls > 0 && Scopes.TryGetValue(key, out var scope) && scope.Windows.Length == rates.Count
            ? this with { Scopes = Scopes.SetItem(key, scope with { Windows = [.. scope.Windows.Select((window, i) => window.Remove(until, rates[i], calls * weight))] }) }
            : this;
    }

    /// <summary>
    /// How long reserved calls may be kept before they are made. A window counts them at the end of that time, so that it must
    /// be short beside the window: a 32nd of it costs 3 % of the quota.
    /// </summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The call that they are reserved for.</param>
    /// <param name="longest">The longest that calls are kept for other reasons.</param>
    public static TimeSpan LifetimeOf(BudgetRules rules, Call call, TimeSpan longest) =>
        ScopeOf(rules, call).Rates.Select(rate => rate.Interval / 32).Append(longest).Min();

    /// <summary>Names the scope that a call counts against.</summary>
    public static string KeyOf(BudgetRules rules, Call call) => ScopeOf(rules, call).Key;

    /// <summary>Learns from an answer.</summary>
    /// <param name="rules">What is declared.</param>
    /// <param name="call">The call that was made.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="now">The present.</param>
    public BudgetState Learn(BudgetRules rules, Call call, SourceAnswer answer, DateTimeOffset now)
    {
        var (key, rates, _) = ScopeOf(rules, call);
        var known = Scopes.GetValueOrDefault(key, BudgetScope.Empty);
        var learned = known.At(now, rates).Learn(RateHeaders.Read(answer, rules, now), rules.LimitStatuses.Contains(answer.Status), now);
        return learned.Equals(known) ? this : this with { Scopes = Scopes.SetItem(key, learned) };
    }

    internal static (string Key, IReadOnlyList<CallRate> Rates, int Weight) ScopeOf(BudgetRules rules, Call call) =>
        rules.PolicyOf(call) is { } policy ? (policy.Key, policy.Rates, policy.WeightOf(call)) : (call.Url.IdnHost, [], 1);
}

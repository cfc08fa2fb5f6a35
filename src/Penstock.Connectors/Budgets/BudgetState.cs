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

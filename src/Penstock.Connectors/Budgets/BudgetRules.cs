namespace Penstock.Connectors.Budgets;

/// <summary>What is known of a source's limits before the first call (the manifest's <c>api_budget</c>).</summary>
public sealed record BudgetRules
{
    /// <summary>Nothing is known: the budget learns from answers alone.</summary>
    public static BudgetRules None { get; } = new();

    /// <summary>The declared policies; the first that matches a call applies.</summary>
    public IReadOnlyList<CallPolicy> Policies { get; init; } = [];

    /// <summary>The header that tells how many calls are left, in lower case; null for the usual ones only.</summary>
    public string? RemainingHeader { get; init; }

    /// <summary>The header that tells when calls are available again, in lower case; null for the usual ones only.</summary>
    public string? ResetHeader { get; init; }

    /// <summary>The statuses that mean that a limit was hit; 429 by default.</summary>
    public IReadOnlyList<int> LimitStatuses { get; init; } = [429];

    /// <summary>The policy that applies to a call, or null.</summary>
    internal CallPolicy? PolicyOf(Call call) => Policies.FirstOrDefault(policy => policy.Matches(call));
}

/// <summary>Limits for the calls that match.</summary>
/// <param name="Key">Names the policy among those of its budget; part of the shared state.</param>
/// <param name="Matchers">Which calls it is about; any of them must match, none means all calls.</param>
/// <param name="Rates">The limits, all of which hold; none means that the calls are unlimited.</param>
public sealed record CallPolicy(string Key, IReadOnlyList<CallMatcher> Matchers, IReadOnlyList<CallRate> Rates)
{
    internal bool Matches(Call call) => Matchers.Count == 0 || Matchers.Any(matcher => matcher.Matches(call));

    internal int WeightOf(Call call) => Matchers.FirstOrDefault(matcher => matcher.Matches(call))?.Weight ?? 1;
}

/// <summary>So many calls in any interval of this length.</summary>
/// <param name="Limit">The number of calls, positive.</param>
/// <param name="Interval">The length, positive.</param>
public sealed record CallRate(int Limit, TimeSpan Interval)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Limit} calls in {Interval}";
}

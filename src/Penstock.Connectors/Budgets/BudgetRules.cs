namespace Penstock.Connectors.Budgets;

/// <summary>What is known of a source's limits before the first call: the manifest's <c>api_budget</c>, the pipeline's <c>budget</c>.</summary>
public sealed record BudgetRules
{
    /// <summary>Nothing is known: the budget learns from answers alone.</summary>
    public static BudgetRules None { get; } = new();

    /// <summary>The declared policies; the first that matches a call applies.</summary>
    public IReadOnlyList<CallPolicy> Policies { get; init; } = [];

    /// <summary>Limits beside the policies; every one that matches a call holds.</summary>
    public IReadOnlyList<CallPolicy> Limits { get; init; } = [];

    /// <summary>
    /// The share of every limit, from 0 to 1, that backfills leave to live calls for as long as nothing comes free by itself;
    /// a fifth by default.
    /// </summary>
    public double LiveShare { get; init; } = 0.2;

    /// <summary>The header that tells how many calls there are in all, in lower case; null for the usual ones only.</summary>
    public string? LimitHeader { get; init; }

    /// <summary>The header that tells how many calls are left, in lower case; null for the usual ones only.</summary>
    public string? RemainingHeader { get; init; }

    /// <summary>The header that tells when calls are available again, in lower case; null for the usual ones only.</summary>
    public string? ResetHeader { get; init; }

    /// <summary>The header that tells how long to wait after a refusal, in lower case; null for the usual ones only.</summary>
    public string? RetryAfterHeader { get; init; }

    /// <summary>The statuses that mean that a limit was hit; 429 by default.</summary>
    public IReadOnlyList<int> LimitStatuses { get; init; } = [429];

    /// <summary>The rules with what the pipeline says on top of the manifest's.</summary>
    public BudgetRules With(BudgetRules pipeline) => this with
    {
        Limits = [.. Limits, .. pipeline.Limits],
        LiveShare = pipeline.LiveShare,
        LimitHeader = pipeline.LimitHeader ?? LimitHeader,
        RemainingHeader = pipeline.RemainingHeader ?? RemainingHeader,
        ResetHeader = pipeline.ResetHeader ?? ResetHeader,
        RetryAfterHeader = pipeline.RetryAfterHeader ?? RetryAfterHeader,
    };

    /// <summary>What a call counts against. The first is the one that learns from its answer.</summary>
    internal IReadOnlyList<CallUse> UsesOf(Call call)
    {
        var policy = Policies.FirstOrDefault(policy => policy.Matches(call));
        var limits = Limits.Where(limit => limit.Matches(call)).Select(limit => new CallUse(limit.Key, limit.Rates, limit.Concurrency, limit.WeightOf(call), false)).ToList();
        var isDeclared = policy is not null || limits.Any(limit => limit.Rates.Count > 0);
        return
        [
            policy is null
                ? new CallUse(call.Url.IdnHost, [], null, 1, !isDeclared)
                : new CallUse(policy.Key, policy.Rates, policy.Concurrency, policy.WeightOf(call), false),
            .. limits,
        ];
    }
}

/// <summary>Limits for the calls that match.</summary>
/// <param name="Key">Names the policy among those of its budget; part of the shared state.</param>
/// <param name="Matchers">Which calls it is about; any of them must match, none means all calls.</param>
/// <param name="Rates">The limits, all of which hold; none means that the calls are unlimited.</param>
public sealed record CallPolicy(string Key, IReadOnlyList<CallMatcher> Matchers, IReadOnlyList<CallRate> Rates)
{
    /// <summary>How many such calls may be under way at once; null for any number.</summary>
    public int? Concurrency { get; init; }

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

/// <summary>One scope that a call counts against.</summary>
/// <param name="Key">The scope.</param>
/// <param name="Rates">Its declared limits.</param>
/// <param name="Concurrency">How many calls may be under way; null for any number.</param>
/// <param name="Weight">How many calls it counts as.</param>
/// <param name="IsUndeclared">Whether nothing at all is declared for the call, so that the first ones go slowly.</param>
internal readonly record struct CallUse(string Key, IReadOnlyList<CallRate> Rates, int? Concurrency, int Weight, bool IsUndeclared);

using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Penstock.Pipelines.Budgets;

/// <summary>A credential's budget as it stands, for people.</summary>
/// <param name="Credential">The credential's name: the names of its secrets, or its pipeline's.</param>
/// <param name="Paused">An operator's pause; null if there is none.</param>
/// <param name="Scopes">What is known of each group of calls.</param>
public sealed record BudgetReport(string Credential, BudgetPauseReport? Paused, IReadOnlyList<BudgetScopeReport> Scopes)
{
    /// <summary>The fullest limit's share that is used, from 0 to 1; null if no limit is known.</summary>
    public double? Used => Scopes.SelectMany(scope => scope.Limits)
        .Where(limit => limit is { Limit: > 0, Used: not null })
        .Max(limit => (double?)Math.Min(1, (double)limit.Used!.Value / limit.Limit!.Value));

    /// <summary>Whether a source asked not to be called for now.</summary>
    public bool IsWaiting => Scopes.Any(scope => scope.WaitsUntil is not null);

    /// <summary>Names what operators said last of it: another pause is another version.</summary>
    [JsonIgnore]
    public string Version => Paused is null
        ? "open"
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Paused.Until:O} {Paused.At:O} {Paused.By} {Paused.Reason}")).AsSpan(0, 8));
}

/// <summary>An operator's pause.</summary>
/// <param name="Until">Until when; null until it is taken back.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">Since when; null if that isn't known.</param>
/// <param name="By">Who said so; null if that isn't known.</param>
public sealed record BudgetPauseReport(DateTimeOffset? Until, string Reason, DateTimeOffset? At = null, string? By = null);

/// <summary>A group of calls that share limits.</summary>
/// <param name="Scope">A declared policy, or a host.</param>
/// <param name="Limits">Every limit that holds.</param>
/// <param name="Made">Calls made since the budget began.</param>
/// <param name="Refused">Of these, how many the source refused for its limit.</param>
/// <param name="Underway">Calls under way, where their number is limited; null elsewhere.</param>
/// <param name="WaitsUntil">The source asked not to be called before; null if it may be called.</param>
/// <param name="LiveWaits">Whether live calls wait, so that backfills stand back.</param>
public sealed record BudgetScopeReport(
    string Scope, IReadOnlyList<BudgetLimitReport> Limits, long Made, long Refused, int? Underway, DateTimeOffset? WaitsUntil, bool LiveWaits);

/// <summary>One limit.</summary>
/// <param name="Source">Where it is known from: <c>declared</c>, <c>header</c> or <c>learnt</c>.</param>
/// <param name="Limit">The calls of a window; null if that isn't known.</param>
/// <param name="WindowSeconds">The window's length in seconds; null if that isn't known.</param>
/// <param name="Used">Calls that count now; null if that isn't known.</param>
/// <param name="Remaining">Calls that are left now; null if that isn't known.</param>
/// <param name="ResetAt">When the limit is renewed; null for one that moves.</param>
/// <param name="CallsPerSecond">The speed that was found by trying; null for other limits.</param>
public sealed record BudgetLimitReport(
    string Source, int? Limit, double? WindowSeconds, int? Used, int? Remaining, DateTimeOffset? ResetAt, double? CallsPerSecond);

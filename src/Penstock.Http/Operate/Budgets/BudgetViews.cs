using Penstock.Pipelines.Budgets;

namespace Penstock.Http.Operate.Budgets;

/// <summary>
/// A credential's budget: what it may still call. <c>state</c> is <c>open</c>, <c>waiting</c> (a source asked not to be called for now)
/// or <c>paused</c>; <c>used</c> is the fullest limit's share, from 0 to 1. Secrets are never in it, only their names.
/// </summary>
internal sealed record BudgetView(
    string Credential, IReadOnlyList<string> Pipelines, string State, double? Used, BudgetPauseReport? Pause, IReadOnlyList<BudgetScopeReport> Scopes, string Url)
{
    public const string Open = "open";
    public const string Waiting = "waiting";
    public const string Paused = "paused";

    public static BudgetView Of(BudgetReport budget, IReadOnlyList<string> pipelines) => new(
        budget.Credential, pipelines, StateOf(budget), budget.Used, budget.Paused, budget.Scopes, $"/api/budgets/{Uri.EscapeDataString(budget.Credential)}");

    public static string StateOf(BudgetReport budget) => budget.Paused is not null ? Paused : budget.IsWaiting ? Waiting : Open;
}

internal sealed record PageOfBudgets(IReadOnlyList<BudgetView> Items, string? Next);

/// <summary>The body of a pause: until it is taken back, if <c>until</c> is left out.</summary>
internal sealed record BudgetPauseRequest(string? Reason, DateTimeOffset? Until);

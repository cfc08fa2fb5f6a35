using Penstock.Pipelines.Costs;
using Penstock.Pipelines.Definitions;
using Penstock.Pipelines.History;
using Penstock.Pipelines.Ledger;

namespace Penstock.Http.Operate;

internal sealed record PipelineView(
    string Name, string State, string Description, string Owner, string? Schedule, DateTimeOffset? NextDue,
    IReadOnlyList<StreamView> Streams, IReadOnlyList<DefinitionProblem>? Problems, PauseView? Pause = null);

/// <summary>An operator's pause.</summary>
internal sealed record PauseView(DateTimeOffset At, string By, string Reason);

internal sealed record StreamView(
    string Name, string Kind, IReadOnlyList<string> Key, string? Version, string? Contract, double? FreshnessSeconds, string? EventHub, WebhookView? Webhook);

internal sealed record WebhookView(string Path, string SignatureHeader, string SignaturePrefix);

internal sealed record PipelineList(IReadOnlyList<PipelineView> Items);

internal sealed record StatusView(
    DateTimeOffset At, IReadOnlyList<PipelineStatusView> Pipelines, IReadOnlyList<AlertView> Alerts, int DeadLetters);

internal sealed record PipelineStatusView(string Pipeline, string State, IReadOnlyList<StreamStatusView> Streams);

internal sealed record StreamStatusView(
    string Stream, string Kind, string? ActiveRun, DateTimeOffset? ActiveSince, string? LastRun, string? LastStatus,
    DateTimeOffset? FreshUntil, double? LagSeconds, double? FreshnessSeconds, bool? IsFresh);

internal sealed record AlertView(string Kind, string Subject, string Message, DateTimeOffset Since);

internal sealed record RunView(
    string Id, string Pipeline, string Stream, string Kind, string Status, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt,
    WindowView? Window, string? Backfill, int Slices, string? Error, string Url, RunCounts? Counts = null, RunTotals? Totals = null, RunCost? Cost = null);

internal sealed record WindowView(DateTimeOffset From, DateTimeOffset To);

internal sealed record RunsStarted(IReadOnlyList<RunReferenceView> Runs);

internal sealed record RunReferenceView(string Pipeline, string Stream, string Run, string Url);

internal sealed record PageOfRuns(IReadOnlyList<RunView> Items, string? Next);

internal sealed record PageOfBackfills(IReadOnlyList<BackfillView> Items, string? Next);

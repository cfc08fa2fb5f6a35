using Penstock.Pipelines.Budgets;

namespace Penstock.Cli.Status;

/// <summary>How everything is, at a glance.</summary>
/// <param name="Streams">A row a stream.</param>
/// <param name="Alerts">What somebody must look at.</param>
/// <param name="DeadLetters">Messages that can't be processed.</param>
internal sealed record StatusReport(IReadOnlyList<StreamStatus> Streams, IReadOnlyList<string> Alerts, int DeadLetters)
{
    /// <summary>What each credential may still call; empty where that isn't told.</summary>
    public IReadOnlyList<BudgetReport> Budgets { get; init; } = [];
}

/// <summary>How a stream is. What isn't known is null.</summary>
internal sealed record StreamStatus
{
    public required string Pipeline { get; init; }

    public required string Stream { get; init; }

    /// <summary>Of the pipeline: <c>active</c>, <c>paused</c> or <c>broken</c>; null if its files aren't here.</summary>
    public string? State { get; init; }

    public string? ActiveRun { get; init; }

    public string? LastRun { get; init; }

    public string? LastStatus { get; init; }

    /// <summary>Everything that the source had until then is landed.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>Of the run that goes on, else of the last one.</summary>
    public long? Landed { get; init; }

    public long? Curated { get; init; }

    public long? Quarantined { get; init; }
}

using Penstock.Connectors.Streams;
using Penstock.Pipelines.Runs;

namespace Penstock.Pipelines.History;

/// <summary>A run in a line, as lists show it.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Kind">Why it runs.</param>
/// <param name="Status">How far it is.</param>
/// <param name="CreatedAt">When it was planned.</param>
/// <param name="EndedAt">When it ended; null as long as it hasn't.</param>
/// <param name="Slices">How many slices are planned.</param>
public sealed record RunSummary(
    string Id, string Pipeline, string Stream, RunKind Kind, RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, int Slices)
{
    private const int MaxErrorLength = 500;

    /// <summary>The window of a backfill; null otherwise.</summary>
    public BackfillWindow? Window { get; init; }

    /// <summary>The backfill that it belongs to; null otherwise.</summary>
    public string? Backfill { get; init; }

    /// <summary>Why it failed, cut to 500 characters; null if it didn't.</summary>
    public string? Error { get; init; }

    /// <summary>What its slices add up to; null as long as it goes on.</summary>
    public RunTotals? Totals { get; init; }

    /// <summary>Sums a run up.</summary>
    public static RunSummary Of(Run run, RunTotals? totals = null) =>
        new(run.Id, run.Pipeline, run.Stream, run.Kind, run.Status, run.CreatedAt, run.EndedAt, run.Slices)
        {
            Window = run.Window,
            Backfill = run.Backfill,
            Error = run.Error is { Length: > MaxErrorLength } error ? error[..MaxErrorLength] + "…" : run.Error,
            Totals = totals,
        };
}

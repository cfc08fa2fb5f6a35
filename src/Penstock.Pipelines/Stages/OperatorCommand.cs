using Penstock.Pipelines.Backfills;

namespace Penstock.Pipelines.Stages;

/// <summary>What an operator asks for.</summary>
public abstract record OperatorCommand
{
    private protected OperatorCommand() { }
}

/// <summary>Read a past window again.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Streams">The streams; none for all that it pulls.</param>
/// <param name="From">The first instant of the window.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="IdempotencyKey">Names the wish, so that asking twice does it once; null if the caller gives none.</param>
public sealed record StartBackfill(
    string Pipeline, IReadOnlyList<string> Streams, DateTimeOffset From, DateTimeOffset To, string? IdempotencyKey = null) : OperatorCommand
{
    /// <summary>How many slices of each stream may be read at once; 1 to 64, default 4.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>Whether its calls take quota as live runs do; by default they stand back.</summary>
    public bool IsUrgent { get; init; }
}

/// <summary>Pause a backfill; nothing is lost.</summary>
/// <param name="Id">The backfill's id.</param>
public sealed record PauseBackfill(string Id) : OperatorCommand;

/// <summary>Let a paused backfill go on.</summary>
/// <param name="Id">The backfill's id.</param>
public sealed record ResumeBackfill(string Id) : OperatorCommand;

/// <summary>Stop a backfill. What is landed stays and is curated.</summary>
/// <param name="Id">The backfill's id.</param>
public sealed record CancelBackfill(string Id) : OperatorCommand;

/// <summary>Begin an incremental run now, due or not.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Streams">The streams; none for all that it pulls.</param>
public sealed record RunNow(string Pipeline, IReadOnlyList<string> Streams) : OperatorCommand;

/// <summary>Stop a run. What is landed stays and is curated; the cursor stays where it was.</summary>
/// <param name="Run">The run.</param>
public sealed record CancelRun(RunReference Run) : OperatorCommand;

/// <summary>Names a run.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Run">The run's id.</param>
public sealed record RunReference(string Pipeline, string Stream, string Run);

/// <summary>What became of a command.</summary>
public abstract record OperateOutcome
{
    private protected OperateOutcome() { }
}

/// <summary>The backfill is begun, or had been.</summary>
/// <param name="Backfill">The backfill.</param>
public sealed record BackfillStarted(Backfill Backfill) : OperateOutcome;

/// <summary>The backfill is paused, goes on, or is stopped; or it was so already.</summary>
/// <param name="Backfill">The backfill.</param>
public sealed record BackfillChanged(Backfill Backfill) : OperateOutcome;

/// <summary>The runs that the command is about.</summary>
/// <param name="Runs">The runs.</param>
public sealed record RunsBegun(IReadOnlyList<RunReference> Runs) : OperateOutcome;

/// <summary>There is nothing of that name.</summary>
/// <param name="Reason">What there isn't.</param>
public sealed record CommandNotFound(string Reason) : OperateOutcome;

/// <summary>The command makes no sense.</summary>
/// <param name="Field">Which of its fields.</param>
/// <param name="Reason">Why, and what would.</param>
public sealed record CommandInvalid(string Field, string Reason) : OperateOutcome;

/// <summary>The command goes against an earlier one.</summary>
/// <param name="Reason">Which, and what to do.</param>
/// <param name="IsStale">Whether it comes too late: what it is about isn't any more as it must be.</param>
public sealed record CommandConflict(string Reason, bool IsStale = false) : OperateOutcome;

/// <summary>Not now: too much goes on already.</summary>
/// <param name="Reason">What, and what to do.</param>
/// <param name="RetryAfter">When it is worth another try.</param>
public sealed record CommandRefused(string Reason, TimeSpan RetryAfter) : OperateOutcome;

namespace Penstock.Pipelines.Runs;

/// <summary>What is known of a pulled stream between its runs. It is what allows one incremental run at a time.</summary>
public sealed record StreamDocument
{
    /// <summary>The incremental run that goes on; null if there is none.</summary>
    public string? ActiveRun { get; init; }

    /// <summary>When that run was planned.</summary>
    public DateTimeOffset? ActiveSince { get; init; }

    /// <summary>An operator changes its state until then: no run begins before. Null if nobody does.</summary>
    public DateTimeOffset? EditedUntil { get; init; }

    /// <summary>When an operator last changed its state; null if nobody did.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The last incremental run before that change: those after it have moved the cursors from what was set. Null for none.</summary>
    public string? EditedAfter { get; init; }

    /// <summary>Whether that change was made while a run went on, or only in part: nothing tells then where the cursors must be.</summary>
    public bool IsEditUnclear { get; init; }

    /// <summary>The due time that was last served.</summary>
    public DateTimeOffset? LastDue { get; init; }

    /// <summary>When the last completed incremental run was planned: everything until then is landed. Freshness counts from here.</summary>
    public DateTimeOffset? FreshUntil { get; init; }

    /// <summary>When the last run was planned that was compared with what came before it (<c>deletes: { missing: true }</c>); null for none.</summary>
    public DateTimeOffset? ComparedAt { get; init; }

    /// <summary>The last incremental run that ended, and how.</summary>
    public string? LastRun { get; init; }

    /// <summary>How the last incremental run ended.</summary>
    public RunStatus? LastStatus { get; init; }
}

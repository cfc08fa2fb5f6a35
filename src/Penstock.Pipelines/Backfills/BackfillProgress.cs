namespace Penstock.Pipelines.Backfills;

/// <summary>How far a backfill is, and when it will probably end.</summary>
/// <param name="Planned">Slices that are planned so far.</param>
/// <param name="Ended">Slices that have ended.</param>
/// <param name="IsPlanned">Whether all slices are planned: before, nobody knows how many there are.</param>
public sealed record BackfillProgress(int Planned, int Ended, bool IsPlanned)
{
    /// <summary>How much of it is done, from 0 to 1; null as long as nobody knows.</summary>
    public double? Share => !IsPlanned ? null : Planned == 0 ? 1 : (double)Ended / Planned;

    /// <summary>How long its slices have been read, without pauses.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long it still takes, at the pace so far; null as long as nobody knows.</summary>
    public TimeSpan? Remaining { get; init; }

    /// <summary>When it will end; null as long as nobody knows, and while it is paused.</summary>
    public DateTimeOffset? Eta { get; init; }

    /// <summary>Records landed.</summary>
    public long Records { get; init; }

    /// <summary>Calls to the source.</summary>
    public int Calls { get; init; }

    /// <summary>Calls that the source refused for its rate limit.</summary>
    public int Throttled { get; init; }

    /// <summary>Slices that failed for good.</summary>
    public int Failed { get; init; }
}

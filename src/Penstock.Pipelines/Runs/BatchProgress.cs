using Penstock.Pipelines.Costs;

namespace Penstock.Pipelines.Runs;

/// <summary>Which slices of a batch have ended, and how. A slice enters once; entering again changes nothing.</summary>
/// <param name="Ended">The slices that have ended, by their ordinal in the run.</param>
public sealed record BatchProgress(IReadOnlyDictionary<int, SliceEnd> Ended)
{
    /// <summary>No slice has ended yet.</summary>
    public static BatchProgress None { get; } = new(new Dictionary<int, SliceEnd>());

    /// <summary>Enters a slice.</summary>
    public BatchProgress With(int ordinal, SliceEnd end) =>
        Ended.ContainsKey(ordinal) ? this : new(new Dictionary<int, SliceEnd>(Ended) { [ordinal] = end });
}

/// <summary>How a slice ended.</summary>
/// <param name="Status"><see cref="SliceStatus.Landed"/> or <see cref="SliceStatus.Failed"/>.</param>
/// <param name="GreatestCursor">The greatest cursor value landed; null if there is none.</param>
/// <param name="Records">Records landed.</param>
/// <param name="Error">Why it failed; null if it didn't.</param>
public sealed record SliceEnd(SliceStatus Status, string? GreatestCursor, long Records, string? Error)
{
    /// <summary>Records that the connector's filter left out.</summary>
    public long Filtered { get; init; }

    /// <summary>Calls to the source.</summary>
    public int Calls { get; init; }

    /// <summary>Calls that the source refused for its rate limit.</summary>
    public int Throttled { get; init; }

    /// <summary>Raw blobs.</summary>
    public int Blobs { get; init; }

    /// <summary>The size of the raw blobs, compressed.</summary>
    public long Bytes { get; init; }

    /// <summary>When it was first taken.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What the work on it used; null if it wasn't counted.</summary>
    public Usage? Usage { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

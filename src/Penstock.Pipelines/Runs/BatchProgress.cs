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
public sealed record SliceEnd(SliceStatus Status, string? GreatestCursor, long Records, string? Error);

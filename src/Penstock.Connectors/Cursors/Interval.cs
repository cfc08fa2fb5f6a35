namespace Penstock.Connectors.Cursors;

/// <summary>A stretch of cursor values whose records are read.</summary>
/// <param name="Start">The first value.</param>
/// <param name="End">The last value.</param>
/// <param name="MostRecent">The greatest value seen in it; null if there was no record.</param>
internal sealed record Interval<T>(T Start, T End, T? MostRecent)
    where T : struct, IComparable<T>
{
    /// <summary>Merges what touches, as airbyte-cdk's AbstractStreamStateConverter does.</summary>
    /// <param name="intervals">The intervals, in any order.</param>
    /// <param name="next">The value after a value: intervals that near each other touch.</param>
    public static IReadOnlyList<Interval<T>> Merge(IEnumerable<Interval<T>> intervals, Func<T, T> next)
    {
        var merged = new List<Interval<T>>();
        foreach (var current in intervals.OrderBy(interval => interval.Start).ThenBy(interval => interval.End))
        {
            if (merged.Count > 0 && next(merged[^1].End).CompareTo(current.Start) >= 0) merged[^1] = merged[^1].Joined(current);
            else merged.Add(current);
        }

        return merged;
    }

    private Interval<T> Joined(Interval<T> other) => new(Start, Greater(End, other.End), MostRecent is { } one && other.MostRecent is { } two
        ? Greater(one, two)
        : MostRecent ?? other.MostRecent);

    private static T Greater(T one, T two) => one.CompareTo(two) >= 0 ? one : two;
}

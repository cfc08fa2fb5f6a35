namespace Penstock.Simulator;

/// <summary>The records that a filter leaves: they are in the order of their times, so it is always a stretch.</summary>
/// <param name="From">The first number.</param>
/// <param name="To">One past the last number.</param>
internal readonly record struct RecordRange(long From, long To)
{
    public long Count => Math.Max(0, To - From);

    public static RecordRange Of(Dataset dataset, long count, DateTimeOffset? since, DateTimeOffset? until, DateTimeOffset? after)
    {
        long from = 0, to = count;
        if (since is { } first) from = Math.Max(from, Before(dataset, first));
        if (after is { } exclusive) from = Math.Max(from, Through(dataset, exclusive));
        if (until is { } last) to = Math.Min(to, dataset.UntilInclusive ? Through(dataset, last) : Before(dataset, last));
        return new(from, to);
    }

    /// <summary>How many records are older than that.</summary>
    private static long Before(Dataset dataset, DateTimeOffset time)
    {
        var elapsed = (time - dataset.Start).Ticks;
        return elapsed <= 0 ? 0 : ((elapsed - 1) / dataset.Spacing.Ticks + 1) * dataset.Ties;
    }

    /// <summary>How many records are as old as that or older.</summary>
    public static long Through(Dataset dataset, DateTimeOffset time)
    {
        var elapsed = (time - dataset.Start).Ticks;
        return elapsed < 0 ? 0 : (elapsed / dataset.Spacing.Ticks + 1) * dataset.Ties;
    }
}

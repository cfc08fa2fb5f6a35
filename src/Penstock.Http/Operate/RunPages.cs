using Penstock.Http.Paging;
using Penstock.Pipelines.History;

namespace Penstock.Http.Operate;

/// <summary>Pages through runs: first those that go on, by when they began; then those that have ended, by when they did.</summary>
internal static class RunPages
{
    // Runs that go on come before all that have ended: their places lie in the far future.
    private static readonly TimeSpan Future = TimeSpan.FromDays(365 * 4000);
    private static readonly Comparer<PagePlace> InPlace = Comparer<PagePlace>.Create(PagePlace.Compare);

    /// <summary>Takes a page.</summary>
    public static async Task<Page<RunSummary>> TakeAsync(RunIndex index, RunFilter filter, PageQuery page, CancellationToken cancellationToken)
    {
        // A run that ends meanwhile is among the open ones, or among the ended ones that are read after them, or both.
        var open = await index.OpenRunsAsync(filter, cancellationToken);
        var seen = open.Select(KeyOf).ToHashSet();
        var taken = new List<RunSummary>();
        foreach (RunSummary run in open)
            Take(run);
        DateTimeOffset? from = page.After is { } after && after.At < DateTimeOffset.UnixEpoch + Future ? after.At : null;
        if (taken.Count <= page.Limit)
        {
            await foreach (RunSummary run in index.EndedAsync(filter, from, cancellationToken))
            {
                // Those that ended at the same instant are in order only once all of them are here.
                if (taken.Count > page.Limit && run.EndedAt < taken[^1].EndedAt)
                    break;
                if (!seen.Contains(KeyOf(run)))
                    Take(run);
            }
        }

        RunSummary[] items = [.. taken.OrderBy(PlaceOf, InPlace).Take(page.Limit)];
        return new Page<RunSummary>(items, taken.Count > page.Limit ? PlaceOf(items[^1]).ToString() : null);

        void Take(RunSummary run)
        {
            if (page.After is null || PagePlace.Compare(PlaceOf(run), page.After) > 0)
                taken.Add(run);
        }
    }

    private static (string, string, string) KeyOf(RunSummary run) => (run.Pipeline, run.Stream, run.Id);

    private static PagePlace PlaceOf(RunSummary run) =>
        new(run.EndedAt ?? run.CreatedAt + Future, $"{run.Pipeline}/{run.Stream}/{run.Id}");
}

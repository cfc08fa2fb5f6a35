namespace Penstock.Http.Paging;

/// <summary>Takes a page out of an unordered list, holding no more than the page in memory.</summary>
internal static class NewestFirst
{
    /// <summary>Gives the newest items after a place.</summary>
    public static async Task<Page<T>> TakeAsync<T>(
        IAsyncEnumerable<T> all, Func<T, PagePlace> place, PageQuery query, CancellationToken cancellationToken)
    {
        // The item that comes last is on top, to be thrown out by a newer one.
        var page = new PriorityQueue<T, PagePlace>(Comparer<PagePlace>.Create((a, b) => PagePlace.Compare(b, a)));
        await foreach (T item in all.WithCancellation(cancellationToken))
        {
            PagePlace at = place(item);
            if (query.After is { } after && PagePlace.Compare(at, after) <= 0)
                continue;
            page.Enqueue(item, at);
            if (page.Count > query.Limit + 1)
                page.Dequeue();
        }

        bool hasMore = page.Count > query.Limit;
        if (hasMore)
            page.Dequeue();
        var items = new T[page.Count];
        for (int i = items.Length - 1; i >= 0; i--)
            items[i] = page.Dequeue();
        return new Page<T>(items, hasMore ? place(items[^1]).ToString() : null);
    }
}

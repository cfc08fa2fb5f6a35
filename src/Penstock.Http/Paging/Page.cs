namespace Penstock.Http.Paging;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items, the newest first.</param>
/// <param name="Next">Goes into <c>after</c> for the next page; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Shows each item.</summary>
    public async ValueTask<Page<TView>> SelectAsync<TView>(Func<T, ValueTask<TView>> show)
    {
        var views = new List<TView>(Items.Count);
        foreach (T item in Items)
            views.Add(await show(item));
        return new Page<TView>(views, Next);
    }
}

using System.Text;
using Penstock.Connectors.Cursors;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Partitions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Retrieval;

/// <summary>
/// <c>pagination_reset</c>: what happens when the source, or a limit of records, asks to begin the paging again. Without one a
/// slice is begun again once.
/// </summary>
/// <param name="Cursor">Cuts off what was read by its greatest value (<c>SPLIT_USING_CURSOR</c>); null to begin the same slice again.</param>
/// <param name="Limit">So many records make a reset necessary; null for any number.</param>
internal sealed record PaginationReset(IStreamCursor? Cursor, long? Limit)
{
    /// <summary>The slice is begun again once.</summary>
    public static PaginationReset Once { get; } = new(null, null);

    public static PaginationReset Read(ManifestNode retriever, IPageCursor? cursor)
    {
        if (retriever.Child("pagination_reset") is not { } node) return Once;
        var limit = node.Child("limits")?.Integer("number_of_records");
        if (limit is not null && retriever.Child("record_selector")?.Child("record_filter") is not null)
            node.Error("A limit of records can't be counted behind a record filter.", "Leave out limits or the record_filter.");
        switch (node.Text("action"))
        {
            case "RESET":
                return new(null, limit);
            case "SPLIT_USING_CURSOR":
                return new(cursor as IStreamCursor, limit);
            default:
                node.Error("The action of a pagination reset is unknown.", "Use RESET or SPLIT_USING_CURSOR.");
                return Once;
        }
    }
}

/// <summary>How often and where a slice's paging was begun again, so that another process can go on.</summary>
/// <param name="Records">The records since the paging began, or was begun again.</param>
/// <param name="Attempts">How often the slice was begun again without getting smaller.</param>
/// <param name="Start">The start that the slice's window was cut to; null for its own.</param>
/// <param name="Greatest">The greatest cursor value of the slice so far, in the form that states have it.</param>
internal sealed record PagingProgress(long Records = 0, int Attempts = 0, string? Start = null, string? Greatest = null)
{
    public static PagingProgress None { get; } = new();

    /// <summary>Takes a record's cursor value into account.</summary>
    public PagingProgress Observe(string value, IStreamCursor cursor)
    {
        var json = Encoding.UTF8.GetBytes(value);
        if (!cursor.TryRank(json, out var rank)) return this;
        var isGreater = Greatest is null || !cursor.TryRank(Encoding.UTF8.GetBytes(Greatest), out var known) || rank > known;
        return isGreater ? this with { Greatest = cursor.Normalise(json) ?? Greatest } : this;
    }

    /// <summary>Begins the paging again.</summary>
    /// <exception cref="SourceFaultException">It was begun again before, and the slice doesn't get smaller.</exception>
    public PagingProgress Again(PaginationReset reset, string? sliceStart)
    {
        var start = reset.Cursor is null ? Start : Greatest ?? Start;
        var isSame = (start ?? sliceStart) == (Start ?? sliceStart);
        var attempts = isSame ? Attempts + 1 : 0;
        // With a cursor the same slice would only end in the same place; without one a second try may help.
        if (attempts >= (reset.Cursor is null ? 2 : 1))
            throw SourceFaultException.System("The source asked to begin the paging again, and again after that. Smaller slices (a shorter step) may help.");
        return new(0, attempts, start, Greatest);
    }

    /// <summary>The slice as requests see it: its window begins where it was cut.</summary>
    public SliceScope Cut(SliceScope slice, IStreamCursor? cursor)
    {
        if (Start is null || cursor is null || slice.Slice.Window is not { } window) return slice;
        var bounds = new DictValue { [cursor.StartField] = cursor.ToValue(Start), [cursor.EndField] = cursor.ToValue(window.End) };
        return slice with
        {
            Slice = slice.Slice with { Window = window with { Start = Start } },
            StreamSlice = new SliceValue(PartitionJson.Read(slice.Slice.Partition), bounds, slice.Variables),
        };
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Penstock.Simulator;

/// <summary>One page of one list, as a caller asks for it.</summary>
/// <param name="Position">How many records of the list come before it.</param>
/// <param name="Size">The most records it may have.</param>
/// <param name="Since">Only records updated then or later.</param>
/// <param name="Until">Only records updated until then.</param>
/// <param name="After">Only records updated later than that.</param>
/// <param name="Newest">Whether the newest come first (<c>order=desc</c>).</param>
internal sealed record ListRequest(long Position, int Size, DateTimeOffset? Since, DateTimeOffset? Until, DateTimeOffset? After, bool Newest)
{
    public static Parsed<ListRequest> Parse(IQueryCollection query, Dataset dataset, int seed)
    {
        if (!TrySize(query, dataset, out var size)) return Bad("limit", "a whole number from 1");
        if (!TryPosition(query, dataset, seed, size, out var position)) return Bad(PlaceName(dataset.Paging), dataset.Paging == PagingStyle.Cursor ? "one that this list gave" : "a whole number");
        if (!TryTime(query, "since", out var since)) return BadTime("since");
        if (!TryTime(query, "until", out var until)) return BadTime("until");
        if (!TryTime(query, "updated_after", out var after)) return BadTime("updated_after");
        return new Parsed<ListRequest>.Valid(new(position, size, since, until, after, query["order"] == "desc"));
    }

    /// <summary>The parameter that says where a page starts.</summary>
    public static string PlaceName(PagingStyle style) => style switch
    {
        PagingStyle.Page or PagingStyle.Link => "page",
        PagingStyle.Cursor => "cursor",
        _ => "offset",
    };

    /// <summary>The value of that parameter for the page that starts at a position.</summary>
    public static string Place(PagingStyle style, long position, int size, int seed) => style switch
    {
        PagingStyle.Page or PagingStyle.Link => (position / size + 1).ToString(),
        PagingStyle.Cursor => CursorToken.Of(position, seed),
        _ => position.ToString(),
    };

    private static bool TrySize(IQueryCollection query, Dataset dataset, out int size)
    {
        var asked = query.TryGetValue("limit", out var limit) ? limit : query["per_page"];
        size = dataset.PageSize;
        if (asked.Count > 0 && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size < 1)) return false;
        size = Math.Min(size, dataset.MaxPageSize);
        return true;
    }

    private static bool TryPosition(IQueryCollection query, Dataset dataset, int seed, int size, out long position)
    {
        position = 0;
        if (!query.TryGetValue(PlaceName(dataset.Paging), out var place) || place == "") return true;
        if (dataset.Paging == PagingStyle.Cursor) return CursorToken.TryRead(place.ToString(), seed, out position);
        if (!long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue) return false;
        position = dataset.Paging is PagingStyle.Page or PagingStyle.Link ? (number - 1) * size : number;
        return position >= 0;
    }

    private static bool TryTime(IQueryCollection query, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!query.TryGetValue(name, out var value) || value == "") return true;
        if (!Moment.TryParse(value.ToString(), out var parsed)) return false;
        time = parsed;
        return true;
    }

    private static Parsed<ListRequest>.Refused Bad(string name, string allowed) => new($"The parameter {name} must be {allowed}.");

    private static Parsed<ListRequest>.Refused BadTime(string name) => Bad(name, "a time, as ISO 8601 or as seconds or milliseconds since 1970");
}

/// <summary>What parameters came to.</summary>
internal abstract record Parsed<T>
{
    private Parsed() { }

    public sealed record Valid(T Value) : Parsed<T>;
    public sealed record Refused(string Reason) : Parsed<T>;
}

using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;

namespace Penstock.Http.Paging;

/// <summary>Which page a caller wants: <c>?limit=</c> (1 to 500, default 50) and <c>&amp;after=</c> (a page's <c>next</c>).</summary>
/// <param name="Limit">The most items.</param>
/// <param name="After">The last item of the page before; null for the first page.</param>
internal sealed record PageQuery(int Limit, PagePlace? After)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    /// <summary>Reads it; adds to <paramref name="errors"/> what is wrong.</summary>
    public static PageQuery Read(HttpRequest request, List<ProblemError> errors)
    {
        int limit = ReadLimit(request, errors);
        PagePlace? after = null;
        if (request.Query["after"].ToString() is { Length: > 0 } token && (after = PagePlace.Parse(token)) is null)
            errors.Add(new ProblemError("It isn't the 'next' of a page. Leave it out to begin with the first page.") { Parameter = "after" });
        return new PageQuery(limit, after);
    }

    /// <summary>Reads the limit alone, for lists that have a place of their own in <c>after</c>.</summary>
    public static int ReadLimit(HttpRequest request, List<ProblemError> errors)
    {
        int limit = DefaultLimit;
        if (request.Query["limit"].ToString() is { Length: > 0 } text && (!int.TryParse(text, out limit) || limit is < 1 or > MaxLimit))
            errors.Add(new ProblemError($"'{text}' isn't a limit. Give a number from 1 to {MaxLimit}.") { Parameter = "limit" });
        return limit;
    }
}

/// <summary>An item's place in a list, the newest first.</summary>
/// <param name="At">When it came to be.</param>
/// <param name="Id">Orders those of one instant.</param>
internal sealed record PagePlace(DateTimeOffset At, string Id)
{
    /// <summary>Reads what <see cref="ToString"/> wrote; null if it didn't.</summary>
    public static PagePlace? Parse(string token)
    {
        try
        {
            string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('|', 2);
            return parts.Length == 2 && long.TryParse(parts[0], out long ticks) && ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
                ? new PagePlace(new DateTimeOffset(ticks, TimeSpan.Zero), parts[1])
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Negative if <paramref name="a"/> comes first: it is newer.</summary>
    public static int Compare(PagePlace a, PagePlace b) => a.At != b.At ? b.At.CompareTo(a.At) : string.CompareOrdinal(a.Id, b.Id);

    /// <inheritdoc/>
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{At.UtcTicks}|{Id}"));
}

using System.Globalization;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Pagination;

/// <summary>
/// Notices paging that has no end: a source that answers the same page for the same token again, or that ignores the page
/// number and gives the same full page for ever. It remembers one page at a time (Brent's way), whatever the length of a loop.
/// </summary>
internal sealed class PageLoopGuard
{
    /// <summary>So many equal pages in a row, though each was asked for by another token, are no coincidence.</summary>
    public const int MostEqualPages = 50;

    private string? _markedToken;
    private int _markedBody;
    private long _pages;
    private long _nextMark = 1;
    private int _lastLength = -1;
    private int _lastBody;
    private int _equalPages;

    /// <summary>Looks at a page that isn't the last.</summary>
    /// <param name="body">The page.</param>
    /// <param name="records">How many records it had.</param>
    /// <param name="next">The token of the next page.</param>
    /// <exception cref="SourceFaultException">The paging has no end.</exception>
    public void Check(ReadOnlySpan<byte> body, long records, Value next)
    {
        _pages++;
        var hash = body.Length == _lastLength || _pages == _nextMark ? Hash(body) : (int?)null;
        CountEqualPages(body.Length, hash, records);

        var token = ValueJsonWriter.ToText(next);
        if (token == _markedToken && (hash ??= Hash(body)) == _markedBody)
        {
            throw SourceFaultException.System($"The source gave the same page and the same next page token twice (page {_pages} of this reading); the paging would never end. Check the paginator's cursor_value and stop_condition.");
        }

        if (_pages == _nextMark)
        {
            (_markedToken, _markedBody) = (token, hash ?? Hash(body));
            _nextMark *= 2;
        }
    }

    private void CountEqualPages(int length, int? hash, long records)
    {
        _equalPages = records > 0 && length == _lastLength && hash == _lastBody ? _equalPages + 1 : 0;
        (_lastLength, _lastBody) = (length, hash ?? 0);
        if (_equalPages >= MostEqualPages)
        {
            throw SourceFaultException.System($"The source gave the same page {_equalPages.ToString(CultureInfo.InvariantCulture)} times in a row; it seems to ignore the page token. Check the paginator's page_token_option.");
        }
    }

    private static int Hash(ReadOnlySpan<byte> body)
    {
        var hash = new HashCode();
        hash.AddBytes(body);
        return hash.ToHashCode();
    }
}

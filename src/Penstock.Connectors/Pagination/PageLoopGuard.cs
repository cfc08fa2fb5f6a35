using System.Globalization;
using System.Text;
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

    /// <summary>So many pages in a row without any record lead nowhere, whatever their tokens.</summary>
    public const int MostEmptyPages = 10_000;

    /// <summary>So many pages have no slice that is worth its name.</summary>
    public const int MostPages = 1_000_000;

    // Pages that differ mostly do so at one of their ends; only those that don't are looked at whole.
    private const int SampleBytes = 2048;

    // Shorter ones may stand anywhere in a page by chance.
    private const int ShortestToken = 6;

    private string? _markedToken;
    private int _markedBody;
    private long _pages;
    private long _nextMark = 1;
    private int _lastLength = -1;
    private int _lastSample;
    private int? _lastBody;
    private int _equalPages;
    private int _emptyPages;

    /// <summary>Looks at a page that isn't the last.</summary>
    /// <param name="body">The page.</param>
    /// <param name="records">How many records it had.</param>
    /// <param name="next">The token of the next page.</param>
    /// <exception cref="SourceFaultException">The paging has no end.</exception>
    public void Check(ReadOnlySpan<byte> body, long records, Value next)
    {
        _pages++;
        _emptyPages = records > 0 ? 0 : _emptyPages + 1;
        if (_emptyPages >= MostEmptyPages)
        {
            throw SourceFaultException.System($"The source gave {_emptyPages.ToString(CultureInfo.InvariantCulture)} pages without a record, each with a token for the next. Check the paginator's stop_condition and the extractor's field_path.");
        }

        if (_pages >= MostPages)
        {
            throw SourceFaultException.System($"The source gave {_pages.ToString(CultureInfo.InvariantCulture)} pages for one slice and there is no end. Use smaller slices (a shorter step), or larger pages.");
        }

        var (length, start) = Around(body, next);
        var size = body.Length - length;
        var sample = Sample(body, start, size);
        var looksEqual = length == _lastLength && sample == _lastSample;
        var hash = looksEqual || _pages == _nextMark ? Hash(body, start, size) : (int?)null;
        (_lastLength, _lastSample) = (length, sample);
        CountEqualPages(looksEqual, hash, records);

        var token = ValueJsonWriter.ToText(next);
        if (token == _markedToken && (hash ??= Hash(body, start, size)) == _markedBody)
        {
            throw SourceFaultException.System($"The source gave the same page and the same next page token twice (page {_pages} of this reading); the paging would never end. Check the paginator's cursor_value and stop_condition.");
        }

        if (_pages == _nextMark)
        {
            (_markedToken, _markedBody) = (token, hash ?? Hash(body, start, size));
            _nextMark *= 2;
        }
    }

    // A page that only looks equal to the one before is remembered whole, to be compared with the next.
    private void CountEqualPages(bool looksEqual, int? hash, long records)
    {
        _equalPages = records > 0 && looksEqual && (_lastBody is null || hash == _lastBody) ? _equalPages + 1 : 0;
        _lastBody = looksEqual ? hash : null;
        if (_equalPages >= MostEqualPages)
        {
            throw SourceFaultException.System($"The source gave the same page {_equalPages.ToString(CultureInfo.InvariantCulture)} times in a row; it seems to ignore the page token. Check the paginator's page_token_option.");
        }
    }

    // Sources that ignore their own tokens give a new one with every page: what is around it tells that the page is the same.
    private static (int Length, int Start) Around(ReadOnlySpan<byte> body, Value next)
    {
        var token = Encoding.UTF8.GetBytes(next.AsText ?? (next.TryGetInteger(out var number) ? number.ToString(CultureInfo.InvariantCulture) : ""));
        if (token.Length < ShortestToken) return (body.Length, -1);
        var start = body.IndexOf(token);
        return start < 0 ? (body.Length, -1) : (body.Length - token.Length, start);
    }

    // Both are taken of the page without its token: pages are equal though their tokens have different lengths.
    private static int Sample(ReadOnlySpan<byte> body, int tokenStart, int tokenLength)
    {
        var length = body.Length - tokenLength;
        var hash = new HashCode();
        Add(ref hash, body, tokenStart, tokenLength, 0, Math.Min(SampleBytes, length));
        Add(ref hash, body, tokenStart, tokenLength, Math.Max(0, length - SampleBytes), length);
        return hash.ToHashCode();
    }

    private static int Hash(ReadOnlySpan<byte> body, int tokenStart, int tokenLength)
    {
        var hash = new HashCode();
        Add(ref hash, body, tokenStart, tokenLength, 0, body.Length - tokenLength);
        return hash.ToHashCode();
    }

    private static void Add(ref HashCode hash, ReadOnlySpan<byte> body, int tokenStart, int tokenLength, int from, int to)
    {
        var split = tokenStart < 0 ? to : Math.Clamp(tokenStart, from, to);
        hash.AddBytes(body[from..split]);
        hash.AddBytes(body[(split + tokenLength)..(to + tokenLength)]);
    }
}

namespace Penstock.Connectors.Http;

/// <summary>An address taken apart as urllib.parse.urlsplit does; parts are texts, never decoded.</summary>
internal readonly record struct UrlParts(string Scheme, string Authority, string Path, string Query, string Fragment)
{
    public static UrlParts Split(string url, string defaultScheme)
    {
        var rest = url.Trim('\0', ' ', '\t', '\r', '\n').Replace("\t", "").Replace("\r", "").Replace("\n", "");
        var scheme = defaultScheme;
        var colon = rest.IndexOf(':');
        if (colon > 0 && char.IsAsciiLetter(rest[0]) && rest.AsSpan(0, colon).IndexOfAnyExcept(SchemeChars) < 0)
        {
            scheme = rest[..colon].ToLowerInvariant();
            rest = rest[(colon + 1)..];
        }

        var authority = "";
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            var end = rest.AsSpan(2).IndexOfAny('/', '?', '#');
            authority = end < 0 ? rest[2..] : rest[2..(end + 2)];
            rest = end < 0 ? "" : rest[(end + 2)..];
        }

        var (beforeFragment, fragment) = Cut(rest, '#');
        var (path, query) = Cut(beforeFragment, '?');
        return new UrlParts(scheme, authority, path, query, fragment);
    }

    private static readonly System.Buffers.SearchValues<char> SchemeChars =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static (string Before, string After) Cut(string text, char separator)
    {
        var at = text.IndexOf(separator);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
    }

    public override string ToString()
    {
        var path = Authority.Length > 0 ? "//" + Authority + (Path.Length > 0 && Path[0] != '/' ? "/" : "") + Path : Path;
        return (Scheme.Length > 0 ? Scheme + ":" : "") + path + (Query.Length > 0 ? "?" + Query : "") + (Fragment.Length > 0 ? "#" + Fragment : "");
    }
}

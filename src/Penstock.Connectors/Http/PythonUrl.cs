using System.Text;

namespace Penstock.Connectors.Http;

/// <summary>
/// Joins and quotes addresses as Python's urllib and requests do, on which manifests rely: a page token may be a whole
/// address, an absolute path or a relative one.
/// </summary>
internal static class PythonUrl
{
    private const string PathChars = "!$&'()*+,;=:@/";
    private const string QueryChars = PathChars + "?";

    /// <summary>Joins base and path with a slash between them, as the reference's requester does.</summary>
    public static string JoinBase(string urlBase, string? path) =>
        string.IsNullOrEmpty(path) ? urlBase : Join(urlBase.EndsWith('/') ? urlBase : urlBase + "/", path);

    /// <summary>urllib.parse.urljoin for http and https.</summary>
    public static string Join(string baseUrl, string url)
    {
        if (baseUrl.Length == 0 || url.Length == 0)
        {
            return baseUrl + url;
        }

        var from = UrlParts.Split(baseUrl, "");
        var to = UrlParts.Split(url, from.Scheme);
        if (to.Scheme != from.Scheme || to.Scheme is not ("http" or "https" or ""))
        {
            return url;
        }

        if (to.Authority.Length > 0)
        {
            return to.ToString();
        }

        if (to.Path.Length == 0)
        {
            return (to with { Authority = from.Authority, Path = from.Path, Query = to.Query.Length > 0 ? to.Query : from.Query }).ToString();
        }

        return (to with { Authority = from.Authority, Path = Resolve(from.Path, to.Path) }).ToString();
    }

    private static string Resolve(string basePath, string path)
    {
        var segments = new List<string>(path.Split('/'));
        if (path[0] != '/')
        {
            var parts = basePath.Split('/');
            segments.InsertRange(0, parts[..^1]);
            for (var i = segments.Count - 2; i > 0; i--)
            {
                if (segments[i].Length == 0)
                {
                    segments.RemoveAt(i);
                }
            }
        }

        var joined = string.Join('/', RemoveDots(segments));
        return joined.Length == 0 ? "/" : joined;
    }

    private static List<string> RemoveDots(List<string> segments)
    {
        var resolved = new List<string>(segments.Count);
        foreach (var segment in segments)
        {
            if (segment == "..")
            {
                if (resolved.Count > 0)
                {
                    resolved.RemoveAt(resolved.Count - 1);
                }
            }
            else if (segment != ".")
            {
                resolved.Add(segment);
            }
        }

        if (segments[^1] is "." or "..")
        {
            resolved.Add("");
        }

        return resolved;
    }

    /// <summary>
    /// The address with more query parameters, quoted as requests quotes it; null if it is not an absolute http address.
    /// </summary>
    /// <param name="url">The address, perhaps with a query of its own.</param>
    /// <param name="encodedParameters">Parameters from <see cref="QueryString.Encode"/>; may be empty.</param>
    public static Uri? Finish(string url, string encodedParameters)
    {
        var parts = UrlParts.Split(url, "");
        if (parts.Scheme is not ("http" or "https") || parts.Authority.Length == 0)
        {
            return null;
        }

        var path = string.Join('/', RemoveDots([.. Quote(parts.Path, PathChars).Split('/')]));
        var query = Quote(parts.Query, QueryChars);
        var all = encodedParameters.Length == 0 ? query : query.Length == 0 ? encodedParameters : query + "&" + encodedParameters;
        var text = $"{parts.Scheme}://{parts.Authority}{(path.StartsWith('/') ? path : "/" + path)}{(all.Length > 0 ? "?" + all : "")}";
        // The path and the query are quoted already; .NET would decode parts of them again.
        return Uri.TryCreate(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var uri) ? uri : null;
    }

    /// <summary>
    /// Quotes what must be quoted. Escapes stay, in upper case and without those that nobody needs, unless a stray % shows that
    /// the text isn't escaped at all.
    /// </summary>
    private static string Quote(string text, string allowed)
    {
        var escaped = IsEscaped(text);
        var bytes = Encoding.UTF8.GetBytes(text);
        var quoted = new StringBuilder(text.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEscape = escaped && bytes[i] == '%';
            var b = isEscape ? Convert.ToByte(Encoding.ASCII.GetString(bytes, i + 1, 2), 16) : bytes[i];
            i += isEscape ? 2 : 0;
            var c = (char)b;
            if (char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' || (!isEscape && b < 128 && allowed.Contains(c)))
            {
                quoted.Append(c);
            }
            else
            {
                quoted.Append('%').Append(b.ToString("X2"));
            }
        }

        return quoted.ToString();
    }

    private static bool IsEscaped(string text)
    {
        for (var i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%', i + 1))
        {
            if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            {
                return false;
            }
        }

        return true;
    }
}

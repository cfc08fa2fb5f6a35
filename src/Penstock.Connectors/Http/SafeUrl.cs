namespace Penstock.Connectors.Http;

/// <summary>An address as messages may show it: without user info, query and fragment, which carry secrets.</summary>
internal static class SafeUrl
{
    public static string Of(Uri url) => url.IsAbsoluteUri ? Of(url.OriginalString) : "a relative address";

    public static string Of(string url)
    {
        var parts = UrlParts.Split(url, "");
        return $"{parts.Scheme}://{parts.Authority[(parts.Authority.LastIndexOf('@') + 1)..]}{parts.Path}";
    }
}

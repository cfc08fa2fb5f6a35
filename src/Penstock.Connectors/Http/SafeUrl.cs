namespace Penstock.Connectors.Http;

/// <summary>An address as messages may show it: without user info, query and fragment, which carry secrets.</summary>
internal static class SafeUrl
{
    public static string Of(Uri url) =>
        url.IsAbsoluteUri ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "a relative address";
}

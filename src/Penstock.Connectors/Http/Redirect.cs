namespace Penstock.Connectors.Http;

/// <summary>Where a redirect leads, and what of the request goes along.</summary>
internal static class Redirect
{
    /// <summary>Whether an answer sends the caller elsewhere.</summary>
    public static bool Is(HttpAnswer answer) => answer.Status is 301 or 302 or 303 or 307 or 308 && answer.Headers.Find("Location") is { Length: > 0 };

    /// <summary>The next call, or null if it would leave http.</summary>
    public static HttpCall? Follow(HttpCall call, HttpAnswer answer)
    {
        var location = answer.Headers.Find("Location")!;
        if (PythonUrl.Finish(PythonUrl.Join(call.Url.OriginalString, location), "") is not { } target)
        {
            return null;
        }

        var keepsBody = answer.Status is 307 or 308;
        var headers = call.Headers.Where(header => keepsBody || !header.Key.StartsWith("Content-", StringComparison.OrdinalIgnoreCase));
        if (!KeepsSecrets(call.Url, target))
        {
            headers = headers.Where(header => !IsSecret(call, header.Key));
        }

        return call with
        {
            Method = keepsBody ? call.Method : MethodAfter(answer.Status, call.Method),
            Url = target,
            Headers = [.. headers],
            Body = keepsBody ? call.Body : null,
        };
    }

    private static string MethodAfter(int status, string method) =>
        method != "HEAD" && (status is 302 or 303 || method == "POST") ? "GET" : method;

    /// <summary>The same origin, or the same host going from plain http to https on the standard ports.</summary>
    private static bool KeepsSecrets(Uri from, Uri to) =>
        from.IdnHost.Equals(to.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((from.Scheme == to.Scheme && from.Port == to.Port) || (from is { Scheme: "http", Port: 80 } && to is { Scheme: "https", Port: 443 }));

    private static bool IsSecret(HttpCall call, string name) =>
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) || name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
        || call.Secret.Contains(name, StringComparer.OrdinalIgnoreCase);
}

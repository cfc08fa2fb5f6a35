using Microsoft.AspNetCore.Http;

namespace Penstock.Http.Ingest;

/// <summary>Reads CloudEvents attributes from <c>ce-</c> headers (CloudEvents HTTP binding 1.0.2, 3.1.3).</summary>
internal static class CloudEventHeaders
{
    private const string Prefix = "ce-";

    /// <summary>Whether the request is a CloudEvent in binary mode.</summary>
    public static bool IsPresent(IHeaderDictionary headers) => headers.ContainsKey("ce-specversion");

    /// <summary>The attributes, decoded.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(IHeaderDictionary headers) =>
        from header in headers
        where header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        select KeyValuePair.Create(header.Key[Prefix.Length..].ToLowerInvariant(), Decode(header.Value.ToString()));

    // 3.1.3.2: quoted values are unquoted first, then percent signs are decoded once.
    private static string Decode(string value)
    {
        if (value is ['"', .., '"'] && value.Length > 1)
            value = value[1..^1].Replace("\\\"", "\"").Replace("\\\\", "\\");
        return Uri.UnescapeDataString(value);
    }
}

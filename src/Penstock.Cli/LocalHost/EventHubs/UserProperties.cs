using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Penstock.Cli.LocalHost.EventHubs;

/// <summary>Reads an event's application properties: in the REST API every header that isn't HTTP's own, or an object in a batch.</summary>
internal static class UserProperties
{
    private static readonly HashSet<string> HttpHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Authorization", "BrokerProperties", "Cache-Control", "Connection", "Content-Encoding",
        "Content-Language", "Content-Length", "Content-Type", "Cookie", "Date", "DNT", "Expect", "Forwarded", "From", "Host", "Keep-Alive", "Max-Forwards", "Origin",
        "Pragma", "Priority", "Proxy-Authorization", "Referer", "Request-Id", "TE", "traceparent", "tracestate", "Trailer", "Transfer-Encoding", "Upgrade",
        "User-Agent", "Via", "X-Correlation-Id", "X-Functions-Key", "X-Request-Id", "X-Real-IP",
    };

    private static readonly string[] HttpPrefixes = ["If-", "Sec-", "X-Forwarded-", "x-ms-"];

    /// <summary>The properties among the headers: a text in quotes is without them, everything else is as it is.</summary>
    public static Dictionary<string, object?> Of(IHeaderDictionary headers) => headers
        .Where(header => !HttpHeaders.Contains(header.Key) && !HttpPrefixes.Any(prefix => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        .ToDictionary(header => header.Key, object? (header) => Unquote(header.Value.ToString()), StringComparer.Ordinal);

    /// <summary>The properties of an event of a batch.</summary>
    public static Dictionary<string, object?> Of(JsonElement json) =>
        json.EnumerateObject().ToDictionary(property => property.Name, property => Value(property.Value), StringComparer.Ordinal);

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out long integer) => integer,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };

    private static string Unquote(string value)
    {
        if (value is not ['"', .., '"'] || value.Length < 2)
            return value;
        try
        {
            using JsonDocument json = JsonDocument.Parse(value);
            return json.RootElement.GetString()!;
        }
        catch (JsonException)
        {
            return value;
        }
    }
}

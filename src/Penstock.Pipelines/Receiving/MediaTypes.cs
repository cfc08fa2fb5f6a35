using System.Net.Http.Headers;

namespace Penstock.Pipelines.Receiving;

/// <summary>What a content type says of a body.</summary>
public static class MediaTypes
{
    /// <summary>The media type without its parameters, in lower case; empty if there is none or it can't be read.</summary>
    public static string Of(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? parsed) ? parsed.MediaType?.ToLowerInvariant() ?? "" : "";

    /// <summary>Whether it is JSON: <c>application/json</c>, <c>text/json</c>, or a type that ends in <c>+json</c> (RFC 6839).</summary>
    public static bool IsJson(string? contentType) =>
        Of(contentType) is "application/json" or "text/json" || Of(contentType).EndsWith("+json", StringComparison.Ordinal);

    /// <summary>Whether it is JSON Lines, under one of the names in use.</summary>
    public static bool IsJsonLines(string? contentType) =>
        Of(contentType) is "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines"
            or "application/jsonlines" or "application/json-lines" or "application/x-json-lines";

    /// <summary>Whether its characters are UTF-8 (or ASCII, which is).</summary>
    public static bool IsUtf8(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? parsed)
        || parsed.CharSet?.Trim('"').ToLowerInvariant() is null or "" or "utf-8" or "utf8" or "us-ascii";
}

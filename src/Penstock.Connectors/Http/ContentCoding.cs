using System.IO.Compression;

namespace Penstock.Connectors.Http;

/// <summary>
/// Undoes the codings of a body (RFC 9110, 8.4). It is done here and not by the handler, because a handler that decompresses
/// changes the <c>Accept-Encoding</c> that a manifest may have set itself.
/// </summary>
internal static class ContentCoding
{
    /// <summary>What is accepted unless the manifest says otherwise.</summary>
    public const string Accepted = "gzip, deflate, br";

    /// <summary>The body without its codings; an unknown coding is left as it is.</summary>
    public static Stream Decode(Stream body, IEnumerable<string> codings) =>
        codings.Reverse().Aggregate(body, (stream, coding) => coding.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(stream, CompressionMode.Decompress),
            "deflate" => new ZLibStream(stream, CompressionMode.Decompress),
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            _ => stream,
        });
}

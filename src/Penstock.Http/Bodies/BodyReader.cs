using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;

namespace Penstock.Http.Bodies;

/// <summary>Reads bodies within limits.</summary>
internal static class BodyReader
{
    /// <summary>Reads the body as it was sent, into <paramref name="body"/>; gives what is wrong, or null.</summary>
    public static async ValueTask<Problem?> ReadAsync(HttpRequest request, PooledBytes body, int limit, CancellationToken cancellationToken)
    {
        // Who announces too much needn't send it.
        if (request.ContentLength > limit || !await body.ReadAsync(request.Body, limit, (int)(request.ContentLength ?? 0) + 1, cancellationToken))
            return ProblemTypes.TooLarge.With($"The body has more than {limit} bytes. Send it in smaller parts.");
        return null;
    }

    /// <summary>Whether the body's encoding can be undone; gives what is wrong, or null.</summary>
    public static Problem? CheckEncoding(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() is "" or "identity" or "gzip"
            ? null
            : ProblemTypes.WrongContentType
                .With($"The Content-Encoding '{request.Headers.ContentEncoding}' isn't known here. Send gzip, or the body as it is.")
                .With("Accept-Encoding", "gzip, identity");

    /// <summary>Undoes the body's encoding, into <paramref name="content"/> if there is one; gives what is wrong, or null.</summary>
    public static async ValueTask<Problem?> UnpackAsync(
        HttpRequest request, PooledBytes body, PooledBytes content, int limit, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(body.OpenRead(), CompressionMode.Decompress);
        try
        {
            return await content.ReadAsync(gzip, limit, 2 * body.Length, cancellationToken)
                ? null
                : ProblemTypes.TooLarge.With($"The body unpacks to more than {limit} bytes. Send it in smaller parts.");
        }
        catch (InvalidDataException)
        {
            return ProblemTypes.BadBody.With("The Content-Encoding is gzip and the body isn't gzip (RFC 1952), or it is cut off. Compress it anew.");
        }
    }

    /// <summary>Whether the body is compressed.</summary>
    public static bool IsCompressed(HttpRequest request) =>
        string.Equals(request.Headers.ContentEncoding.ToString().Trim(), "gzip", StringComparison.OrdinalIgnoreCase);
}

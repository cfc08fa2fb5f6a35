using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;
using Penstock.Pipelines.Definitions;

namespace Penstock.Http.Ingest;

/// <summary>Verifies a webhook's HMAC-SHA256 over the body as it was sent (compressed, if it was).</summary>
internal static class WebhookSignatures
{
    /// <summary>Gives what is wrong, or null. The comparison takes the same time wherever the signatures differ.</summary>
    public static Problem? Check(WebhookSignature signature, string secret, IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        if (headers[signature.Header] is not { Count: > 0 } values)
            return Wrong(signature, $"The header '{signature.Header}' is missing.");
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
        // Several values: a sender that changes its key signs with both for a while.
        foreach (string value in values.ToString().Split(','))
        {
            if (Parse(signature, value.Trim()) is { } given && CryptographicOperations.FixedTimeEquals(given, expected))
                return null;
        }

        return Wrong(signature, $"The header '{signature.Header}' doesn't hold the signature of this body.");
    }

    private static byte[]? Parse(WebhookSignature signature, string value)
    {
        if (!value.StartsWith(signature.Prefix, StringComparison.Ordinal))
            return null;
        string digits = value[signature.Prefix.Length..];
        return digits.Length == 2 * HMACSHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }

    private static Problem Wrong(WebhookSignature signature, string what) => ProblemTypes.WrongSignature
        .With($"{what} Send '{signature.Prefix}' and, in hexadecimal digits, the HMAC-SHA256 of the exact body with the key that both sides share.")
        .With("WWW-Authenticate", $"HMAC-SHA256 header=\"{signature.Header}\"");
}

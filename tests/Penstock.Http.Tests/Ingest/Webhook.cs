using System.IO.Compression;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Penstock.Http.Tests.Ingest;

/// <summary>Sends as a webhook's sender does.</summary>
internal static class Webhook
{
    public const string Orders = "/ingest/shop/orders";

    public static string Sign(ReadOnlySpan<byte> body, string key = "s3cr3t") =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));

    public static Task<HttpResponseMessage> PushAsync(
        this ApiHost api, string body, string? contentType = "application/json", string path = Orders, params (string Name, string Value)[] headers) =>
        api.PushAsync(Encoding.UTF8.GetBytes(body), contentType, path, headers);

    public static Task<HttpResponseMessage> PushAsync(
        this ApiHost api, byte[] body, string? contentType = "application/json", string path = Orders, params (string Name, string Value)[] headers) =>
        api.Client.SendAsync(Request(body, contentType, path, [("X-Hub-Signature-256", Sign(body)), .. headers]));

    public static HttpRequestMessage Request(byte[] body, string? contentType, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        if (contentType is not null)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(body);
        return packed.ToArray();
    }
}

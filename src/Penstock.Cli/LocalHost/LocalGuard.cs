using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Penstock.Http.Problems;

namespace Penstock.Cli.LocalHost;

/// <summary>
/// Decides who may call. Without a key only this machine reaches the host, but so do the pages in its browser: a request that
/// names another host (DNS rebinding) or comes from another site's page is refused.
/// </summary>
/// <param name="key">The key, or null.</param>
internal sealed class LocalGuard(string? key)
{
    // As the Functions host takes its keys.
    private const string KeyHeader = "x-functions-key";

    /// <summary>Adds it before routing.</summary>
    public void Use(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (Refuse(context.Request) is { } problem)
            await new ProblemResult(problem).ExecuteAsync(context);
        else
            await next(context);
    });

    private Problem? Refuse(HttpRequest request)
    {
        if (key is not null)
            return IsOpen(request.Path) || HasKey(request) ? null : ProblemTypes.WrongKey
                .With($"Give the key that the host was started with, in the header '{KeyHeader}' or the parameter 'code'.").With("WWW-Authenticate", $"Key header=\"{KeyHeader}\"");
        if (!IsLoopback(request.Host.Host))
            return ProblemTypes.ForeignOrigin.With($"The request names the host '{request.Host.Host}'. Use localhost or 127.0.0.1, or start the host with --key.");
        string origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Authority == request.Host.Value)
            ? ProblemTypes.ForeignOrigin.With("A page of another site may not call the local host. Use curl, or a page of the host itself.")
            : null;
    }

    // Webhooks prove themselves by their signature; probes have no key; the console's files hold no data, and ask for the key themselves.
    private static bool IsOpen(PathString path) => path.StartsWithSegments("/ingest") || path.StartsWithSegments("/health") || path.StartsWithSegments("/console");

    private bool HasKey(HttpRequest request)
    {
        string given = request.Headers[KeyHeader].ToString() is { Length: > 0 } header ? header : request.Query["code"].ToString();
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key!)));
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Penstock.Azure.Tests.Secrets;

/// <summary>
/// A key vault on the loopback interface: reading a secret (https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret), with the
/// challenge that real vaults answer the first request with.
/// </summary>
internal sealed class FakeVault : IAsyncDisposable
{
    private const string Token = "token-of-the-test";
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, string> _secrets = new(StringComparer.OrdinalIgnoreCase);
    private int _lookUps;

    private FakeVault(WebApplication server) => _server = server;

    /// <summary>How many look-ups came in with a token.</summary>
    public int LookUps => _lookUps;

    /// <summary>Refuses the next look-ups with these status codes.</summary>
    public ConcurrentQueue<int> Refusals { get; } = new();

    public string this[string name]
    {
        set => _secrets[name] = value;
    }

    public SecretClient Client { get; private set; } = null!;

    public static async Task<FakeVault> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(Certificate())));
        var vault = new FakeVault(builder.Build());
        vault._server.MapGet("/secrets/{name}/{version?}", vault.Answer);
        await vault._server.StartAsync();
        string address = vault._server.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        vault.Client = new SecretClient(new Uri(address), new StaticCredential(), new SecretClientOptions
        {
            DisableChallengeResourceVerification = true,
            Transport = new HttpClientTransport(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }),
            Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxRetries = 3 },
        });
        return vault;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IResult Answer(HttpContext context, string name)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.Headers.WWWAuthenticate = "Bearer authorization=\"https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111\", resource=\"https://vault.azure.net\"";
            return Results.Json(new { error = new { code = "Unauthorized", message = "AKV10000: Request is missing a Bearer or PoP token." } }, statusCode: 401);
        }

        Interlocked.Increment(ref _lookUps);
        if (Refusals.TryDequeue(out int status))
            return Results.Json(new { error = new { code = "Refused", message = $"Refused with {status}." } }, statusCode: status);
        if (!_secrets.TryGetValue(name, out string? value))
            return Results.Json(new { error = new { code = "SecretNotFound", message = $"A secret with (name/id) {name} was not found in this key vault." } }, statusCode: 404);
        return Results.Json(new { value, id = $"https://{context.Request.Host}/secrets/{name}/0123456789abcdef", attributes = new { enabled = true, created = 1, updated = 1 } });
    }

    private static X509Certificate2 Certificate()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    private sealed class StaticCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Token, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}

using System.Net.Http.Headers;
using Azure.Core;
using Azure.Identity;

namespace Penstock.Cli.Operating;

/// <summary>Sends a token of Entra ID with each request, and gets a new one before it expires: a watch may last for hours.</summary>
/// <param name="credential">Who signs in.</param>
/// <param name="scope">For what.</param>
/// <param name="time">The clock.</param>
internal sealed class EntraSignIn(TokenCredential credential, string scope, TimeProvider time) : DelegatingHandler
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);
    private AccessToken? _token;

    /// <summary>The scope of an app that is named by its id (a UUID), its URI, or its scope.</summary>
    public static string ScopeOf(string app) => app.EndsWith("/.default", StringComparison.Ordinal) ? app
        : Guid.TryParse(app, out _) ? $"api://{app}/.default"
        : $"{app.TrimEnd('/')}/.default";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_token is not { } known || known.ExpiresOn - Early <= time.GetUtcNow())
            _token = known = await credential.GetTokenAsync(new TokenRequestContext([scope]), cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", known.Token);
        return await base.SendAsync(request, cancellationToken);
    }

    /// <summary>What to tell when nobody is signed in: the first sentence; the rest is of every way that was tried.</summary>
    public static string Tell(AuthenticationFailedException failed) => failed.Message.Split('\n')[0].Trim();
}

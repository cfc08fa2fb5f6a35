using System.Text;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Authentication;

/// <summary><c>NoAuth</c>.</summary>
internal sealed class NoAuth : IAuthenticator
{
    public static NoAuth Instance { get; } = new();

    public ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken) => new(Authorized.Nothing);
}

/// <summary>An authenticator that the config doesn't allow to make: every request fails and says why.</summary>
internal sealed class UnusableAuthenticator(string message) : IAuthenticator
{
    public ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken) =>
        new(new AuthorizationFailed(new SourceError(SourceErrorKind.Config, message)));
}

/// <summary><c>ApiKeyAuthenticator</c>, <c>BearerAuthenticator</c> and session tokens: a token in some place.</summary>
internal sealed class TokenAuthenticator(
    RequestOption place, Func<CancellationToken, ValueTask<Token>> token, string prefix, EvaluationContext config, Func<bool>? forget = null) : IAuthenticator
{
    /// <summary>The usual place.</summary>
    public static RequestOption AuthorizationHeader { get; } = new(InjectInto.Header, "Authorization");

    public async ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken)
    {
        var given = await token(cancellationToken);
        if (given.Failure is { } failure)
        {
            return Authorization.Of(failure);
        }

        var options = new DictValue();
        place.Inject(options, prefix + given.Text, config);
        return new Authorized(place.Place, options);
    }

    public bool Forget() => forget?.Invoke() ?? false;
}

/// <summary><c>BasicHttpAuthenticator</c>: user name and password (RFC 7617).</summary>
internal sealed class BasicHttpAuthenticator(InterpolatedString username, InterpolatedString? password, EvaluationContext config) : IAuthenticator
{
    public ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken)
    {
        var pair = $"{username.EvaluateText(config)}:{(password is null ? "" : password.EvaluateText(config))}";
        return new(Authorized.Header("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))));
    }
}

/// <summary><c>JwtAuthenticator</c>: a token that is signed here, in the Authorization header or another place.</summary>
internal sealed class JwtAuthenticator(JwtToken token, RequestOption? place, EvaluationContext config) : IAuthenticator
{
    public ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken)
    {
        var options = new DictValue();
        var target = place ?? TokenAuthenticator.AuthorizationHeader;
        target.Inject(options, token.Create(), config);
        return new(new Authorized(target.Place, options));
    }
}

using System.Globalization;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Http;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Authentication;

/// <summary><c>OAuthAuthenticator</c>: an access token that is got anew when it ends, by any grant (RFC 6749).</summary>
internal sealed class OAuthAuthenticator : IAuthenticator
{
    private readonly OAuthSettings _settings;
    private readonly ConnectorScope _connector;
    private readonly Sender _sender;
    private readonly OneAtATime _one = new();
    private volatile AccessToken? _token;
    private string? _refreshToken;

    private sealed record AccessToken(string Text, DateTimeOffset Ends);

    public OAuthAuthenticator(OAuthSettings settings, ConnectorScope connector)
    {
        _settings = settings;
        _connector = connector;
        _sender = new Sender(connector, NoAuth.Instance, new TokenErrorHandler(IsRevoked), connector.Context, useCache: false, streams: false);
        _refreshToken = settings.RefreshToken;
        if (settings.AccessToken is { Length: > 0 } given)
        {
            // A given token lasts until its date; without an endpoint there will be no other.
            var ends = settings.Endpoint is null ? DateTimeOffset.MaxValue : ExpiryDate.Read(settings.ExpiryDate);
            _token = new AccessToken(given, ends ?? DateTimeOffset.MinValue);
        }
    }

    public bool Forget()
    {
        _token = _settings.Endpoint is null ? _token : null;
        return _settings.Endpoint is not null;
    }

    public async ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken)
    {
        if (Current() is { } current)
        {
            return current;
        }

        return await _one.RunAsync(async () => Current() ?? await RenewAsync(cancellationToken));
    }

    private Authorized? Current() => _token is { } token && token.Ends >= _connector.Time.GetUtcNow() ? Authorized.Header("Authorization", $"Bearer {token.Text}") : null;

    private async ValueTask<Authorization> RenewAsync(CancellationToken cancellationToken)
    {
        if (_settings.Endpoint is not { Length: > 0 } endpoint)
        {
            return Failed("The OAuth authenticator has neither a token nor an endpoint to get one. Check the config.");
        }

        var headers = _settings.Headers();
        var fields = _settings.Fields(_refreshToken, headers);
        var outcome = await _sender.SendAsync(_ => RequestBuilder.Build("POST", endpoint, Part, ["Authorization"]), cancellationToken);
        if (outcome is not Delivered { Answer: var answer })
        {
            return Authorization.Of(outcome);
        }

        using (answer)
        {
            var body = new AnswerView(answer.Status, answer.Headers, (await answer.ReadAsync(cancellationToken)).Written, _connector.Context);
            var response = body.Context.TryGet("response", out var json) ? json : Value.None;
            if (TokenResponse.Find(response, _settings.AccessTokenName) is not { IsTruthy: true } token)
            {
                return Failed($"{answer.Call} gave no {_settings.AccessTokenName}.");
            }

            await KeepAsync(token.ToString(), Ends(response), TokenResponse.Find(response, _settings.RefreshTokenName), cancellationToken);
            return Current() ?? Authorized.Header("Authorization", $"Bearer {token}");
        }

        Value Part(InjectInto place) => place switch
        {
            InjectInto.Header => headers,
            InjectInto.BodyData when !_settings.AsQuery => fields,
            InjectInto.RequestParameter when _settings.AsQuery => fields,
            _ => Value.None,
        };
    }

    /// <summary>A refresh token that is good only once is stored before anything else can fail.</summary>
    private async ValueTask KeepAsync(string accessToken, DateTimeOffset ends, Value refreshToken, CancellationToken cancellationToken)
    {
        if (_settings.IsSingleUse)
        {
            _refreshToken = refreshToken.IsTruthy ? refreshToken.ToString() : _refreshToken;
            var changes = new List<ConfigChange>
            {
                new(_settings.AccessTokenPath, accessToken),
                new(_settings.ExpiryDatePath, ends.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture)),
            };
            if (refreshToken.IsTruthy)
            {
                changes.Add(new(_settings.RefreshTokenPath, refreshToken.ToString()));
            }

            await (_connector.Tokens?.SaveAsync(changes, cancellationToken) ?? default);
        }

        _token = new AccessToken(accessToken, ends);
    }

    private DateTimeOffset Ends(Value response)
    {
        var now = _connector.Time.GetUtcNow();
        var told = TokenResponse.Find(response, _settings.ExpiresInName);
        if (told.IsNone)
        {
            return _token is { } token && token.Ends > now ? token.Ends : now.AddHours(1);
        }

        var ends = _settings.ExpiryFormat is null
            ? double.TryParse(told.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? now.AddSeconds(Math.Clamp(Math.Truncate(seconds), 0, 1e9)) : null
            : ExpiryDate.Read(told.ToString());
        return ends ?? throw SourceFaultException.System($"The token endpoint's {_settings.ExpiresInName} is not a time.");
    }

    private bool IsRevoked(AnswerView answer) =>
        _settings.ErrorStatuses.Contains(answer.Status) && answer.Context.TryGet("response", out var body)
        && body.AsDict is { } dict && _settings.ErrorValues.Contains(dict.Find(_settings.ErrorKey).ToString());

    private static AuthorizationFailed Failed(string message) => new(new SourceError(SourceErrorKind.Config, message));
}

using System.Text.Json;
using Penstock.Connectors.Errors;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Authentication;

/// <summary>
/// <c>LegacySessionTokenAuthenticator</c>: the config's session token if the source still takes it, or else a new one for user
/// name and password.
/// </summary>
internal sealed class LegacySessionTokenAuthenticator : IAuthenticator
{
    private readonly EvaluationContext _config;
    private readonly InterpolatedString? _urlBase;
    private readonly InterpolatedString _header;
    private readonly InterpolatedString _loginUrl;
    private readonly InterpolatedString _validateUrl;
    private readonly InterpolatedString? _sessionToken;
    private readonly InterpolatedString? _responseKey;
    private readonly InterpolatedString? _username;
    private readonly InterpolatedString? _password;
    private readonly Sender _login;
    private readonly Sender _validate;
    private readonly OneAtATime _one = new();
    private volatile string? _token;

    public LegacySessionTokenAuthenticator(ManifestNode node, ConnectorScope connector, InterpolatedString? urlBase)
    {
        _config = connector.Context;
        _urlBase = urlBase;
        _header = node.RequiredTemplate("header");
        _loginUrl = node.RequiredTemplate("login_url");
        _validateUrl = node.RequiredTemplate("validate_session_url");
        _sessionToken = node.Template("session_token");
        _responseKey = node.Template("session_token_response_key");
        _username = node.Template("username");
        _password = node.Template("password");
        _login = new Sender(connector, NoAuth.Instance, new TokenErrorHandler(_ => false), _config, useCache: false, streams: false);
        _validate = new Sender(connector, NoAuth.Instance, new ValidityHandler(), _config, useCache: false, streams: false);
    }

    public bool Forget()
    {
        _token = null;
        return true;
    }

    public async ValueTask<Authorization> AuthorizeAsync(CancellationToken cancellationToken)
    {
        return await _one.RunAsync(async () => _token is { } token ? Authorized.Header(Text(_header), token) : await FindAsync(cancellationToken));
    }

    private async ValueTask<Authorization> FindAsync(CancellationToken cancellationToken)
    {
        if (Text(_sessionToken) is { Length: > 0 } given)
        {
            var outcome = await _validate.SendAsync(_ => Call("GET", Text(_validateUrl), Header(given), Value.None), cancellationToken);
            if (outcome is not Delivered { Answer: var answer })
            {
                return Authorization.Of(outcome);
            }

            answer.Dispose();
            if (answer.IsOk)
            {
                return Keep(given);
            }
        }

        var credentials = new DictValue([KeyValuePair.Create<Value, Value>("username", Text(_username)), KeyValuePair.Create<Value, Value>("password", Text(_password))]);
        return Text(_username).Length > 0 && Text(_password).Length > 0
            ? await LogInAsync(credentials, cancellationToken)
            : Failed("The session token is no longer valid. Put a new one, or user name and password, into the config.");
    }

    private async ValueTask<Authorization> LogInAsync(DictValue credentials, CancellationToken cancellationToken)
    {
        var outcome = await _login.SendAsync(_ => Call("POST", Text(_loginUrl), new DictValue(), credentials), cancellationToken);
        if (outcome is not Delivered { Answer: var answer })
        {
            return Authorization.Of(outcome);
        }

        using (answer)
        {
            return ReadToken((await answer.ReadAsync(cancellationToken)).Written.Span) is { Length: > 0 } token
                ? Keep(token)
                : Failed($"{answer.Call} gave no session token.");
        }
    }

    private string? ReadToken(ReadOnlySpan<byte> body)
    {
        try
        {
            return ValueJsonReader.Read(body).AsDict?.Find(Text(_responseKey)) is { IsTruthy: true } token ? token.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private HttpCall Call(string method, string path, DictValue headers, Value json) =>
        RequestBuilder.Build(method, Text(_urlBase) + path, place => place switch { InjectInto.Header => headers, InjectInto.BodyJson => json, _ => Value.None }, [Text(_header)]);

    private DictValue Header(string token) => new([KeyValuePair.Create<Value, Value>(Text(_header), token)]);

    private Authorized Keep(string token)
    {
        _token = token;
        return Authorized.Header(Text(_header), token);
    }

    private string Text(InterpolatedString? template) => template?.EvaluateText(_config) ?? "";

    private static AuthorizationFailed Failed(string message) => new(new SourceError(SourceErrorKind.Config, message));

    /// <summary>A refused token is an answer, too.</summary>
    private sealed class ValidityHandler : IErrorHandler
    {
        public int MaxRetries => 5;

        public TimeSpan MaxTime => TimeSpan.FromMinutes(10);

        public bool ReadsBody => false;

        public IReadOnlyList<IBackoffStrategy> Backoff => [];

        public Resolution Interpret(AnswerView answer) =>
            answer.IsOk || answer.Status == 401 ? Resolution.Success : DefaultMapping.Find(answer.Status) ?? DefaultMapping.Fallback(answer.Status);
    }
}

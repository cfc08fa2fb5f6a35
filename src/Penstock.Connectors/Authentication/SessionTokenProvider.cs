using System.Text.Json;
using Penstock.Connectors.Datetimes;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Records.Decoding;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Streams;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Authentication;

/// <summary><c>SessionTokenAuthenticator</c>'s token: got by a login request, kept as long as it lasts.</summary>
internal sealed class SessionTokenProvider
{
    // Without a declared lifetime the reference logs in for every request, which sources limit more than anything else.
    private static readonly TimeSpan UndeclaredLifetime = TimeSpan.FromMinutes(10);

    private readonly Requester? _login;
    private readonly IDecoder _decoder;
    private readonly IReadOnlyList<string> _path;
    private readonly IsoDuration? _lifetime;
    private readonly ConnectorScope _connector;
    private readonly OneAtATime _one = new();
    private volatile Session? _session;

    private sealed record Session(string Token, DateTimeOffset Ends);

    public SessionTokenProvider(ManifestNode node, ConnectorScope connector)
    {
        _connector = connector;
        _login = Requester.Read(node.RequiredChild("login_requester"), connector);
        _decoder = Decoders.Read(node.Child("decoder"), connector);
        _path = [.. node.List("session_token_path").Select(segment => segment.Scalar.ToString())];
        if (node.Text("expiration_duration") is { } text)
        {
            if (IsoDuration.TryParse(text, out var lifetime))
            {
                _lifetime = lifetime;
            }
            else
            {
                node.Error("expiration_duration is not an ISO 8601 duration.", "Write it as PT1H or P1D.");
            }
        }
    }

    public bool Forget()
    {
        _session = null;
        return true;
    }

    public async ValueTask<Token> GetAsync(CancellationToken cancellationToken)
    {
        if (Current() is { } current)
        {
            return current;
        }

        return await _one.RunAsync(async () => Current() ?? await LogInAsync(cancellationToken));
    }

    private Token? Current() => _session is { } session && session.Ends > _connector.Time.GetUtcNow() ? new Token(session.Token) : null;

    private async ValueTask<Token> LogInAsync(CancellationToken cancellationToken)
    {
        var outcome = await _login!.SendAsync(_connector.Context, cancellationToken: cancellationToken);
        if (outcome is not Delivered { Answer: var answer })
        {
            return Token.Failed(outcome);
        }

        using (answer)
        {
            var token = await ReadTokenAsync(answer, cancellationToken);
            if (token is null)
            {
                return Token.Failed(new SendFailed(new SourceError(
                    SourceErrorKind.Config, $"{answer.Call} gave no session token at {string.Join('.', _path)}.", answer.Status)));
            }

            _session = new Session(token, NextEnd());
            return new Token(token);
        }
    }

    private DateTimeOffset NextEnd()
    {
        var now = _connector.Time.GetUtcNow();
        return _lifetime?.TryAddTo(now, out var ends) == true ? ends : now + UndeclaredLifetime;
    }

    private async ValueTask<string?> ReadTokenAsync(HttpAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var batch in _decoder.DecodeAsync(answer, cancellationToken))
            {
                if (Dpath.TryGet(RecordExtractor.FirstBody(batch), _path, out var token) && token.IsTruthy) return token.ToString();
            }
        }
        catch (Exception fault) when (fault is JsonException or SourceFaultException)
        {
            // Told as a login without a token: an answer to it may quote what must stay secret.
        }

        return null;
    }
}

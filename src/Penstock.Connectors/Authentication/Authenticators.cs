using Penstock.Connectors.Components;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Retrieval;

namespace Penstock.Connectors.Authentication;

/// <summary>Reads authenticators.</summary>
internal static class Authenticators
{
    /// <summary>The authenticator that a component declares; none if it declares none.</summary>
    /// <param name="node">The component, or null.</param>
    /// <param name="connector">What the connector's streams share.</param>
    /// <param name="urlBase">The requester's address, which the legacy session token belongs to.</param>
    public static IAuthenticator Read(ManifestNode? node, ConnectorScope connector, InterpolatedString? urlBase)
    {
        switch (node?.Type)
        {
            case null or "NoAuth":
                return NoAuth.Instance;
            case "ApiKeyAuthenticator":
                return new TokenAuthenticator(ApiKeyPlace(node), TemplateToken(node, "api_token", connector), "", connector.Context);
            case "BearerAuthenticator":
                return new TokenAuthenticator(TokenAuthenticator.AuthorizationHeader, TemplateToken(node, "api_token", connector), "Bearer ", connector.Context);
            case "BasicHttpAuthenticator":
                return new BasicHttpAuthenticator(node.RequiredTemplate("username"), node.Template("password"), connector.Context);
            case "JwtAuthenticator":
                return new JwtAuthenticator(JwtToken.Read(node, connector), RequestOption.Read(node.Child("request_option")), connector.Context);
            case "OAuthAuthenticator":
                return connector.Share(node, () => new OAuthAuthenticator(OAuthSettings.Read(node, connector), connector));
            case "RateLimitedMultipleTokenAuthenticator":
                return connector.Share(node, () => new RateLimitedTokens(node, connector));
            case "SessionTokenAuthenticator":
                return ReadSessionToken(node, connector);
            case "LegacySessionTokenAuthenticator":
                return connector.Share(node, () => new LegacySessionTokenAuthenticator(node, connector, urlBase));
            case "SelectiveAuthenticator":
                return Select(node, connector, urlBase);
            default:
                if (CustomComponent.Is(node))
                {
                    return connector.Share(node, () => CustomComponent.Make<IAuthenticator>(node, connector, other => Read(other, connector, urlBase)) ?? NoAuth.Instance);
                }

                node.Unsupported(
                    "NoAuth", "ApiKeyAuthenticator", "BearerAuthenticator", "BasicHttpAuthenticator", "OAuthAuthenticator",
                    "JwtAuthenticator", "SessionTokenAuthenticator", "LegacySessionTokenAuthenticator", "SelectiveAuthenticator", "RateLimitedMultipleTokenAuthenticator");
                return NoAuth.Instance;
        }
    }

    private static IAuthenticator Select(ManifestNode node, ConnectorScope connector, InterpolatedString? urlBase)
    {
        var path = node.List("authenticator_selection_path").Select(segment => segment.Scalar.ToString()).ToList();
        var choices = node.Child("authenticators");
        if (path.Count == 0 || !Dpath.TryGet(connector.Config, path, out var choice))
        {
            return Misfit(node, $"The config has no field {string.Join('.', path)}, which selects the authenticator.");
        }

        return choices?.Child(choice.ToString()) is { } selected
            ? Read(selected, connector, urlBase)
            : Misfit(node, $"The config's field {string.Join('.', path)} selects none of the authenticators.");
    }

    // The config is wrong, not the manifest: streams that authenticate otherwise still work.
    private static UnusableAuthenticator Misfit(ManifestNode node, string message)
    {
        node.Warning(message, "Correct the config.");
        return new UnusableAuthenticator($"{message} Correct the config.");
    }

    private static RequestOption ApiKeyPlace(ManifestNode node)
    {
        if (RequestOption.Read(node.Child("inject_into")) is { } option)
        {
            return option;
        }

        if (node.Template("header") is { } header)
        {
            return new RequestOption(InjectInto.Header, [header]);
        }

        node.Error("The API key has no place in the request.", "Give inject_into.");
        return TokenAuthenticator.AuthorizationHeader;
    }

    private static Func<CancellationToken, ValueTask<Token>> TemplateToken(ManifestNode node, string field, ConnectorScope connector)
    {
        var template = node.Template(field) ?? new InterpolatedString("");
        return _ => new(new Token(template.EvaluateText(connector.Context)));
    }

    private static TokenAuthenticator ReadSessionToken(ManifestNode node, ConnectorScope connector)
    {
        var provider = connector.Share(node, () => new SessionTokenProvider(node, connector));
        var use = node.RequiredChild("request_authentication");
        if (use?.Type is "Bearer" or "SessionTokenRequestBearerAuthenticator" or null)
        {
            return new TokenAuthenticator(TokenAuthenticator.AuthorizationHeader, provider.GetAsync, "Bearer ", connector.Context, provider.Forget);
        }

        var template = use.Template("api_token") ?? new InterpolatedString("{{ session_token }}", node.Parameters);
        return new TokenAuthenticator(ApiKeyPlace(use), GetAsync, "", connector.Context, provider.Forget);

        async ValueTask<Token> GetAsync(CancellationToken cancellationToken)
        {
            var token = await provider.GetAsync(cancellationToken);
            return token.Failure is null ? new Token(template.EvaluateText(connector.Context.Inner().Set("session_token", token.Text))) : token;
        }
    }
}

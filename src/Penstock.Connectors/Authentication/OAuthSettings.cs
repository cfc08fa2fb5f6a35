using Penstock.Connectors.Expressions;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Records;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Authentication;

/// <summary>What an <c>OAuthAuthenticator</c> declares.</summary>
internal sealed class OAuthSettings
{
    private readonly ManifestNode _node;
    private readonly ConnectorScope _connector;
    private readonly ManifestNode? _updater;
    private readonly InterpolatedMapping? _headers;
    private readonly InterpolatedMapping? _body;
    private readonly JwtToken? _assertion;

    private OAuthSettings(ManifestNode node, ConnectorScope connector)
    {
        _node = node;
        _connector = connector;
        _updater = node.Child("refresh_token_updater");
        _headers = node.Mapping("refresh_request_headers");
        _body = node.Mapping("refresh_request_body");
        var usesAssertion = node.Condition("use_profile_assertion")?.Evaluate(connector.Context) ?? false;
        _assertion = usesAssertion && node.RequiredChild("profile_assertion") is { } jwt ? JwtToken.Read(jwt, connector) : null;
        Scopes = new ListValue(node.List("scopes").Select(scope => scope.ToValue()));
        AsQuery = node.Flag("send_refresh_request_as_query_params");
        ExpiryFormat = node.Text("token_expiry_date_format");

        // Declared at either place; the reference's defaults hold where neither says anything.
        var errors = _updater is not null && _updater.Has("refresh_token_error_status_codes") ? _updater : node;
        ErrorStatuses = [.. errors.List("refresh_token_error_status_codes").Select(code => code.Scalar.TryGetInt64(out var status) ? (int)status : 0)];
        ErrorKey = errors.Text("refresh_token_error_key") ?? "";
        ErrorValues = [.. errors.List("refresh_token_error_values").Select(value => value.Scalar.ToString())];
        if (ErrorStatuses.Count == 0 && ErrorKey.Length == 0 && ErrorValues.Count == 0)
        {
            (ErrorStatuses, ErrorKey, ErrorValues) = ([400], "error", ["invalid_grant", "invalid_permissions"]);
        }

        if (_assertion is null && (!node.Has("client_id") || !node.Has("client_secret")) && _updater is null && node.Has("token_refresh_endpoint"))
        {
            node.Error("The OAuth authenticator has no client.", "Give client_id and client_secret.");
        }
    }

    public static OAuthSettings Read(ManifestNode node, ConnectorScope connector) => new(node, connector);

    public ListValue Scopes { get; }

    public bool AsQuery { get; }

    public string? ExpiryFormat { get; }

    public IReadOnlyList<int> ErrorStatuses { get; }

    public string ErrorKey { get; }

    public IReadOnlyList<string> ErrorValues { get; }

    /// <summary>Whether the source gives a new refresh token each time, which must be kept.</summary>
    public bool IsSingleUse => _updater is not null;

    public string? Endpoint => Text("token_refresh_endpoint");

    public string AccessTokenName => Text("access_token_name") ?? "access_token";

    public string ExpiresInName => Text("expires_in_name") ?? "expires_in";

    public string RefreshTokenName => _updater is null ? Text("refresh_token_name") ?? "refresh_token" : _updater.Text("refresh_token_name") ?? "refresh_token";

    public string? AccessToken => IsSingleUse ? FromConfig(AccessTokenPath) : Text("access_token_value");

    public string? ExpiryDate => IsSingleUse ? FromConfig(ExpiryDatePath) : Text("token_expiry_date");

    /// <summary>The refresh token; null if the grant has none, empty if the config has none.</summary>
    public string? RefreshToken => IsSingleUse ? FromConfig(RefreshTokenPath) ?? "" : Text("refresh_token");

    public IReadOnlyList<string> AccessTokenPath => Path("access_token_config_path", "access_token");

    public IReadOnlyList<string> RefreshTokenPath => Path("refresh_token_config_path", "refresh_token");

    public IReadOnlyList<string> ExpiryDatePath => Path("token_expiry_date_config_path", "token_expiry_date");

    public DictValue Headers() => _headers?.Evaluate(_connector.Context) ?? new DictValue();

    /// <summary>The fields of the request for a token.</summary>
    /// <param name="refreshToken">The refresh token; null if the grant has none.</param>
    /// <param name="headers">The request's headers: a client that is authenticated by one isn't repeated.</param>
    public DictValue Fields(string? refreshToken, DictValue headers)
    {
        if (_assertion is not null)
        {
            return Dict((Text("grant_type_name") ?? "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", _assertion.Create()));
        }

        var fields = Dict((Text("grant_type_name") ?? "grant_type", Text("grant_type") ?? "refresh_token"));
        if (!headers.Entries.ContainsKey("Authorization"))
        {
            fields[Text("client_id_name") ?? "client_id"] = Client("client_id");
            fields[Text("client_secret_name") ?? "client_secret"] = Client("client_secret");
        }

        fields[RefreshTokenName] = refreshToken;
        if (Scopes.Length > 0)
        {
            fields["scopes"] = Scopes;
        }

        foreach (var (key, value) in _body?.Evaluate(_connector.Context).Entries ?? [])
        {
            fields.Entries.TryAdd(key, value);
        }

        return fields;
    }

    private string? Client(string name) => Text(name) ?? (IsSingleUse ? FromConfig(["credentials", name]) : null);

    private string? Text(string field) => _node.Has(field) ? _node.Template(field)?.EvaluateText(_connector.Context) : null;

    private string? FromConfig(IReadOnlyList<string> path) => Dpath.TryGet(_connector.Config, path, out var value) && !value.IsNone ? value.ToString() : null;

    private IReadOnlyList<string> Path(string field, string fallback) =>
        _updater?.List(field) is { Count: > 0 } path ? [.. path.Select(segment => segment.Scalar.ToString())] : ["credentials", fallback];

    private static DictValue Dict(params (string Key, Value Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create<Value, Value>(field.Key, field.Value)));
}

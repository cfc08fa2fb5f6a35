using System.Security.Cryptography;
using System.Text;
using Penstock.Connectors.Expressions;
using Penstock.Connectors.Expressions.Functions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Manifests;
using Penstock.Connectors.Retrieval;
using Penstock.Connectors.Values;
using Penstock.Connectors.Values.Json;

namespace Penstock.Connectors.Authentication;

/// <summary>A JSON Web Token (RFC 7519) made from a component's templates.</summary>
internal sealed class JwtToken
{
    private static readonly string[] ReservedHeaders = ["kid", "alg", "typ", "cty"];
    private static readonly string[] ReservedClaims = ["iss", "sub", "aud", "iat", "exp", "nbf"];

    private readonly EvaluationContext _context;
    private readonly string _algorithm;
    private readonly InterpolatedString _key;
    private readonly InterpolatedString? _passphrase;
    private readonly InterpolatedString? _prefix;
    private readonly bool _encodeKey;
    private readonly long _lifetime;
    private readonly List<KeyValuePair<string, InterpolatedString>> _headers;
    private readonly List<KeyValuePair<string, InterpolatedString>> _claims;
    private readonly InterpolatedMapping? _moreHeaders;
    private readonly InterpolatedMapping? _moreClaims;

    private JwtToken(ManifestNode node, ConnectorScope connector)
    {
        _context = connector.Context.Inner().Set(ExtraFunctions.JsonLoadsName, ExtraFunctions.JsonLoads);
        _algorithm = node.RequiredText("algorithm");
        _key = node.RequiredTemplate("secret_key");
        _passphrase = node.Template("passphrase");
        _prefix = node.Template("header_prefix");
        _encodeKey = node.Condition("base64_encode_secret_key")?.Evaluate(_context) ?? false;
        _lifetime = node.Integer("token_duration") ?? 1200;
        _headers = Present(node.Child("jwt_headers"), "kid", "typ", "cty");
        if (node.Child("jwt_headers")?.Has("typ") != true)
        {
            _headers.Add(new("typ", new InterpolatedString("JWT")));
        }

        _claims = Present(node.Child("jwt_payload"), "iss", "sub", "aud");
        _moreHeaders = node.Mapping("additional_jwt_headers");
        _moreClaims = node.Mapping("additional_jwt_payload");
        if (!JwtSignature.IsSupported(_algorithm))
        {
            node.Error($"The algorithm {_algorithm} isn't supported.", "Use HS, RS, PS or ES with 256, 384 or 512.");
        }
    }

    public static JwtToken Read(ManifestNode node, ConnectorScope connector) => new(node, connector);

    /// <summary>Makes a token that is valid from now, with its prefix.</summary>
    /// <exception cref="SourceFaultException">The key or the claims can't be used.</exception>
    public string Create()
    {
        var now = _context.Time.GetUtcNow().ToUnixTimeSeconds();
        var headers = Evaluate(_moreHeaders, ReservedHeaders, _headers);
        headers["alg"] = _algorithm;
        var claims = Evaluate(_moreClaims, ReservedClaims, _claims);
        claims["iat"] = now;
        claims["exp"] = now + _lifetime;
        claims["nbf"] = now;

        // PyJWT sorts the headers and keeps the claims in order.
        var sorted = new DictValue(headers.Entries.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal));
        var signed = $"{Base64Url(ValueJsonWriter.ToUtf8(sorted))}.{Base64Url(ValueJsonWriter.ToUtf8(claims))}";
        var prefix = _prefix?.EvaluateText(_context);
        return (string.IsNullOrEmpty(prefix) ? "" : prefix + " ") + $"{signed}.{Base64Url(Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private byte[] Sign(byte[] text)
    {
        var key = _key.EvaluateText(_context);
        var passphrase = _passphrase?.EvaluateText(_context);
        try
        {
            return JwtSignature.Sign(_algorithm, _encodeKey ? Convert.ToBase64String(Encoding.UTF8.GetBytes(key)) : key, passphrase, text);
        }
        catch (Exception unusable) when (unusable is CryptographicException or ArgumentException)
        {
            // The exception's own text may quote the key.
            throw SourceFaultException.Config($"The secret key can't be used for {_algorithm}. Check the key's format (PEM, with line breaks) and its passphrase.");
        }
    }

    private DictValue Evaluate(InterpolatedMapping? more, string[] reserved, List<KeyValuePair<string, InterpolatedString>> own)
    {
        var result = more?.Evaluate(_context) ?? new DictValue();
        if (reserved.FirstOrDefault(name => result.Entries.ContainsKey(name)) is { } taken)
        {
            throw SourceFaultException.System($"'{taken}' of the token can't be among the additional fields. Give it in jwt_headers or jwt_payload.");
        }

        foreach (var (name, template) in own)
        {
            result[name] = template.Evaluate(_context);
        }

        return result;
    }

    private static List<KeyValuePair<string, InterpolatedString>> Present(ManifestNode? node, params string[] fields) =>
        [.. fields.Select(field => KeyValuePair.Create(field, node?.Text(field) is { Length: > 0 } ? node.Template(field) : null))
            .Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value!))];

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

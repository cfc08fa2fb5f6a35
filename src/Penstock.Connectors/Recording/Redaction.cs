using System.Text.RegularExpressions;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Recording;

/// <summary>
/// Takes secrets out of what is recorded: the config's values that the specification marks as secret, what authenticates, and
/// tokens that the source gives.
/// </summary>
internal sealed partial class Redaction
{
    /// <summary>Stands where a secret stood. It needs no quoting anywhere.</summary>
    public const string Mark = "REDACTED";

    private const int ShortestSecret = 4;
    private readonly Lock _lock = new();
    private readonly List<string> _secrets = [];

    /// <param name="specification">The JSON Schema of configs; <c>airbyte_secret</c> marks secrets.</param>
    /// <param name="config">The config.</param>
    public Redaction(DictValue specification, Value config) => Find(specification, config);

    /// <summary>Whether a header is left out altogether.</summary>
    public static bool IsSecret(string header) => SecretHeader().IsMatch(header);

    /// <summary>A text without secrets. Tokens that a source gives in it are remembered: the next calls send them.</summary>
    public string Apply(string text)
    {
        lock (_lock)
        {
            foreach (Match token in TokenField().Matches(text)) Remember(token.Groups["value"].Value);
            text = _secrets.Aggregate(text, (current, secret) => current.Replace(secret, Mark, StringComparison.Ordinal));
        }

        return SignedToken().Replace(text, Mark);
    }

    private void Find(DictValue schema, Value config)
    {
        if (schema.Find("airbyte_secret").IsTruthy) RememberAll(config);
        foreach (var keyword in (string[])["oneOf", "anyOf", "allOf"])
            foreach (var alternative in schema.Find(keyword).AsList?.Elements ?? [])
                if (alternative.AsDict is { } known) Find(known, config);
        foreach (var (key, property) in schema.Find("properties").AsDict?.Entries ?? [])
            if (config.AsDict?.TryGet(key.ToString(), out var value) == true && property.AsDict is { } known) Find(known, value);
        if (schema.Find("items").AsDict is { } items)
            foreach (var item in config.AsList?.Elements ?? []) Find(items, item);
    }

    private void RememberAll(Value value)
    {
        foreach (var inner in value.AsDict?.Entries.Values ?? value.AsList?.Elements ?? Enumerable.Empty<Value>()) RememberAll(inner);
        if (value.AsText is { } text) Remember(text);
    }

    private void Remember(string secret)
    {
        if (secret.Length < ShortestSecret || secret == Mark || _secrets.Contains(secret)) return;
        // As it is, as addresses and forms quote it, and as JSON does; longer ones first, so that none is cut in two.
        _secrets.AddRange(((string[])[secret, Uri.EscapeDataString(secret), System.Net.WebUtility.UrlEncode(secret), System.Text.Json.JsonEncodedText.Encode(secret).Value]).Distinct());
        _secrets.Sort((one, other) => other.Length.CompareTo(one.Length));
    }

    [GeneratedRegex("^(?:.*authori[sz]ation.*|cookie|set-cookie|.*(?:api|auth|access|session|subscription)[-_]?(?:key|token).*|.*secret.*|.*signature.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex SecretHeader();

    [GeneratedRegex("\"(?:access_?token|refresh_?token|id_?token|session_?token|session_?id|sessionkey|api_?key|secret|client_?secret|password|jwt|token)\"\\s*:\\s*\"(?<value>[^\"\\\\]+)\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex TokenField();

    // A JSON Web Token is another one each time, and a credential as well.
    [GeneratedRegex(@"eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+", RegexOptions.CultureInvariant, MatchTime.Milliseconds)]
    private static partial Regex SignedToken();
}

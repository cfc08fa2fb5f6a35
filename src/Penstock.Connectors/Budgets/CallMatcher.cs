using System.Text.RegularExpressions;
using Penstock.Connectors.Http;
using Penstock.Connectors.Values;

namespace Penstock.Connectors.Budgets;

/// <summary>Recognises calls (the manifest's <c>HttpRequestRegexMatcher</c>); what isn't given matches everything.</summary>
public sealed record CallMatcher
{
    private readonly Regex? _path;

    /// <summary>The method, in any case.</summary>
    public string? Method { get; init; }

    /// <summary>Scheme and host, for example <c>https://api.example.com</c>; a trailing slash doesn't count.</summary>
    public string? UrlBase { get; init; }

    /// <summary>A regular expression searched for in the path, which has no trailing slash.</summary>
    public string? PathPattern
    {
        get => _path?.ToString();
        init => _path = value is null ? null : new Regex(value, RegexOptions.CultureInvariant, MatchTime.Longest);
    }

    /// <summary>Query parameters that the call must have.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();

    /// <summary>Headers that the call must have; names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How many calls one such call counts as; positive, 1 by default.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether a call is one of these.</summary>
    public bool Matches(Call call)
    {
        if (Method is not null && !Method.Equals(call.Method, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var url = UrlParts.Split(call.Url.OriginalString, "");
        if (UrlBase is not null && !UrlBase.TrimEnd('/').Equals($"{url.Scheme}://{url.Authority}", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return (_path is null || _path.IsMatch(url.Path.TrimEnd('/')))
            && (Params.Count == 0 || HasAll(QueryString.Decode(url.Query), Params))
            && (Headers.Count == 0 || HasAll(call.Headers, Headers));
    }

    private static bool HasAll(IEnumerable<KeyValuePair<string, string>> actual, IReadOnlyDictionary<string, string> wanted)
    {
        var found = new Dictionary<string, string>();
        foreach (var (name, value) in actual)
        {
            found[name] = value;
        }

        return wanted.All(pair => found.TryGetValue(pair.Key, out var value) && value == pair.Value);
    }
}
